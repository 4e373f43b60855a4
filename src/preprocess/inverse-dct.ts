// The accurate integer method of the Independent JPEG Group (jidctint.c), after Loeffler, Ligtenberg and Moschytz 1989:
// every decoder that is built on libjpeg gives these very levels.

/** Fraction bits of the constants. */
const BITS = 13;

/** Fraction bits that the columns keep for the lines. */
const KEPT = 2;

/** Levels outside of which libjpeg's table wraps around: no encoder writes such. */
const LIMIT = 511;

/**
 * Turns the 64 frequencies of a block into its levels.
 * @param block dequantised, [8, 8]; it is overwritten
 * @returns false where a level lies so far outside 0 to 255 that decoders differ
 */
export function inverseDct(
  block: Int32Array,
  image: Uint8Array,
  { offset, side }: { offset: number; side: number },
): boolean {
  for (let column = 0; column < 8; column++) transform(block, column, 8, BITS - KEPT);
  let isNear = true;
  for (let line = 0; line < 8; line++) {
    transform(block, 8 * line, 1, BITS + KEPT + 3);
    const start = offset + line * side;
    for (let x = 0; x < 8; x++) {
      const level = block[8 * line + x]!;
      if (level > LIMIT || level < -LIMIT) isNear = false;
      image[start + x] = Math.max(0, Math.min(255, level + 128));
    }
  }
  return isNear;
}

/** Eight numbers of a column or a line, in place; the results are rounded by `shift` bits. */
function transform(block: Int32Array, at: number, step: number, shift: number): void {
  const i1 = at + step;
  const i2 = i1 + step;
  const i3 = i2 + step;
  const i4 = i3 + step;
  const i5 = i4 + step;
  const i6 = i5 + step;
  const i7 = i6 + step;
  const half = 1 << (shift - 1);
  // Even frequencies.
  const turn = (block[i2]! + block[i6]!) * 4433;
  const e2 = turn - block[i6]! * 15137;
  const e3 = turn + block[i2]! * 6270;
  const e0 = (block[at]! + block[i4]!) << BITS;
  const e1 = (block[at]! - block[i4]!) << BITS;
  const a0 = e0 + e3 + half;
  const a1 = e1 + e2 + half;
  const a2 = e1 - e2 + half;
  const a3 = e0 - e3 + half;
  // Odd frequencies.
  const f1 = block[i1]!;
  const f3 = block[i3]!;
  const f5 = block[i5]!;
  const f7 = block[i7]!;
  const z5 = (f7 + f3 + f5 + f1) * 9633;
  const z1 = (f7 + f1) * -7373;
  const z2 = (f5 + f3) * -20995;
  const z3 = (f7 + f3) * -16069 + z5;
  const z4 = (f5 + f1) * -3196 + z5;
  const o7 = f7 * 2446 + z1 + z3;
  const o5 = f5 * 16819 + z2 + z4;
  const o3 = f3 * 25172 + z2 + z3;
  const o1 = f1 * 12299 + z1 + z4;
  block[at] = (a0 + o1) >> shift;
  block[i7] = (a0 - o1) >> shift;
  block[i1] = (a1 + o3) >> shift;
  block[i6] = (a1 - o3) >> shift;
  block[i2] = (a2 + o5) >> shift;
  block[i5] = (a2 - o5) >> shift;
  block[i3] = (a3 + o7) >> shift;
  block[i4] = (a3 - o7) >> shift;
}
