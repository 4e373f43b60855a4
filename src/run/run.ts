import type { History } from './history';
import type { EnsembleRecord, NetworkRecord } from './record';

/** A trained network with what its training left. */
export interface NetworkRun {
  readonly kind: 'network';
  readonly folder: string;
  readonly record: NetworkRecord;
  readonly history: History;
}

/** The mean of several published networks. */
export interface EnsembleRun {
  readonly kind: 'ensemble';
  readonly folder: string;
  readonly record: EnsembleRecord;
}

export type Run = NetworkRun | EnsembleRun;
