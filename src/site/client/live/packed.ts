import type { NetworkName } from '../../../detect/mtcnn/cascade';
import type { LiveNetwork, LiveParts } from './messages';

// Bytes stand in scripts as base64: a page from a file may not read other files.

/** What the data scripts of the live page leave, by their names. */
export interface PackedParts {
  readonly runtime: string;
  readonly detector: Readonly<Record<NetworkName, string>>;
  readonly network: Omit<LiveNetwork, 'model'> & { readonly model: string };
}

export const LIVE_PARTS = [
  'runtime',
  'detector',
  'network',
] as const satisfies readonly (keyof PackedParts)[];

/** Name of the table that the data scripts fill. */
export const LIVE_TABLE = 'live';

/** Where the script of a part lies in the site. */
export const liveScript = (part: keyof PackedParts) => `data/live-${part}.js`;

export function unpackParts({ runtime, detector, network }: PackedParts): LiveParts {
  return {
    runtime: bytesOf(runtime),
    network: { ...network, model: bytesOf(network.model) },
    detector: { pnet: bytesOf(detector.pnet), rnet: bytesOf(detector.rnet), onet: bytesOf(detector.onet) },
  };
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
