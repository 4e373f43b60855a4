import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Pseudo-random whole numbers in [0, bound) that depend on the seed alone, so that an audit repeats exactly. */
export function randomIntegers(seed: number): (bound: number) => number {
  const generator = xoroshiro128plus(seed);
  return (bound) => Math.floor(((generator.next() >>> 0) / 0x1_0000_0000) * bound);
}
