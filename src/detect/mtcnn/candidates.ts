/** A rectangle that may hold a face, by its corners. Corners count as part of it, as in the original in Matlab. */
export interface Candidate {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
}

/** How a network would move the corners of a candidate, in shares of its width and height. */
export interface Offsets {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What the overlap of two rectangles is divided by. */
export type OverlapOf = 'union' | 'smaller';

/** Width and height, with both corners counted. */
export const widthOf = ({ left, right }: Candidate) => right - left + 1;
export const heightOf = ({ top, bottom }: Candidate) => bottom - top + 1;

/**
 * Keeps the best of candidates that overlap by more than `threshold` (non-maximum suppression), best first.
 */
export function suppress<T extends Candidate>(
  candidates: readonly T[],
  threshold: number,
  of: OverlapOf = 'union',
): T[] {
  const waiting = [...candidates].sort((a, b) => b.score - a.score);
  const kept: T[] = [];
  for (const candidate of waiting)
    if (kept.every((better) => overlap(better, candidate, of) <= threshold)) kept.push(candidate);
  return kept;
}

function overlap(a: Candidate, b: Candidate, of: OverlapOf): number {
  const width = Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left) + 1);
  const height = Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) + 1);
  const shared = width * height;
  const [areaOfA, areaOfB] = [widthOf(a) * heightOf(a), widthOf(b) * heightOf(b)];
  return shared / (of === 'union' ? areaOfA + areaOfB - shared : Math.min(areaOfA, areaOfB));
}

/** Moves the corners by shares of `width` and `height`. */
export function move<T extends Candidate>(
  candidate: T,
  offsets: Offsets,
  { width, height }: { width: number; height: number },
): T {
  return {
    ...candidate,
    left: candidate.left + offsets.left * width,
    top: candidate.top + offsets.top * height,
    right: candidate.right + offsets.right * width,
    bottom: candidate.bottom + offsets.bottom * height,
  };
}

/** The square around the same centre with the longer side. */
export function toSquare<T extends Candidate>(candidate: T): T {
  const { left, top, right, bottom } = candidate;
  const [width, height] = [right - left, bottom - top];
  const side = Math.max(width, height);
  const [x, y] = [left + width * 0.5 - side * 0.5, top + height * 0.5 - side * 0.5];
  return { ...candidate, left: x, top: y, right: x + side, bottom: y + side };
}

/** Corners without their fractions. */
export function truncate<T extends Candidate>(candidate: T): T {
  return {
    ...candidate,
    left: Math.trunc(candidate.left),
    top: Math.trunc(candidate.top),
    right: Math.trunc(candidate.right),
    bottom: Math.trunc(candidate.bottom),
  };
}
