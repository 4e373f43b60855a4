import type { History } from './history';
import type { BaselineRecord, EnsembleRecord, NetworkRecord } from './record';

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

/** A fitted classifier that is no network. */
export interface BaselineRun {
  readonly kind: 'baseline';
  readonly folder: string;
  readonly record: BaselineRecord;
}

export type Run = NetworkRun | EnsembleRun | BaselineRun;
