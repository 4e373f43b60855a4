import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * A stream of pseudo-random numbers that depends on nothing but its seed and keys. Streams with different
 * keys are independent, so that one purpose (shuffling, dropout, the augmentation of image 17 in epoch 3)
 * never shifts the numbers of another.
 */
export interface RandomStream {
  /** Uniform in [0, 1), with 32 random bits. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal, by Box and Muller's transform. */
  normal(): number;
  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<T extends Uint32Array | unknown[]>(items: T): T;
}

/** FNV-1a over the UTF-16 units of the keys, with the finaliser of MurmurHash3: a 32-bit seed. */
function hashKeys(seed: number, keys: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of [seed, ...keys].join('\u0000')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/**
 * Opens the stream of `seed` and `keys`. Every seed counts, zero and negative ones too.
 * @param keys what the numbers are for, such as `'shuffle', epoch`
 */
export function randomStream(seed: number, ...keys: (string | number)[]): RandomStream {
  const generator = xoroshiro128plus(hashKeys(seed, keys));
  const uniform = () => (generator.next() >>> 0) / 0x1_0000_0000;
  const integer = (bound: number) => Math.floor(uniform() * bound);
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [items[i], items[j]] = [items[j]!, items[i]!];
      }
      return items;
    },
  };
}
