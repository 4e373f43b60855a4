import type { RandomStream } from '../../src/random';
import { pick } from './truth';

/** A change of some bytes. */
type Damage = (bytes: Buffer, at: number, random: RandomStream) => Buffer;

const splice = (bytes: Buffer, at: number, removed: number, added: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);

const noise = (random: RandomStream, length: number) =>
  Uint8Array.from({ length }, () => random.integer(256));

const DAMAGES: Readonly<Record<string, Damage>> = {
  'a bit flipped': (bytes, at, random) =>
    splice(bytes, at, 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random.integer(8)))),
  'a byte replaced': (bytes, at, random) => splice(bytes, at, 1, noise(random, 1)),
  'bytes inserted': (bytes, at, random) => splice(bytes, at, 0, noise(random, 1 + random.integer(8))),
  'bytes removed': (bytes, at, random) => splice(bytes, at, 1 + random.integer(8), new Uint8Array(0)),
  'a run of zeros': (bytes, at, random) => {
    const length = Math.min(bytes.length - at, 1 + random.integer(64));
    return splice(bytes, at, length, new Uint8Array(length));
  },
  'a piece repeated': (bytes, at, random) =>
    splice(bytes, at, 0, bytes.subarray(at, at + 1 + random.integer(64))),
  'cut off': (bytes, at) => bytes.subarray(0, at),
};

/** Bytes damaged in some places. @param most number of places */
export function damage(bytes: Buffer, random: RandomStream, most = 3): { bytes: Buffer; what: string } {
  let damaged = Buffer.from(bytes);
  const done: string[] = [];
  for (let i = 1 + random.integer(most); i > 0 && damaged.length > 0; i--) {
    const name = pick(random, Object.keys(DAMAGES));
    const at = random.integer(damaged.length);
    damaged = Buffer.from(DAMAGES[name]!(damaged, at, random));
    done.push(`${name} at ${at}`);
  }
  return { bytes: damaged, what: done.join(', ') };
}
