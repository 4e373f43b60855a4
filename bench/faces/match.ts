import type { Box } from '../../src/detect/face';

/** Share of the overlap in the union of two boxes. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** Overlaps of the pairs of annotated and found boxes, each box in one pair, best first, down to `least`. */
export function matchBoxes(annotated: readonly Box[], found: readonly Box[], least: number): number[] {
  const pairs = annotated.flatMap((a, i) =>
    found.map((b, j) => ({ i, j, overlap: intersectionOverUnion(a, b) })),
  );
  const taken = { annotated: new Set<number>(), found: new Set<number>() };
  const overlaps: number[] = [];
  for (const { i, j, overlap } of pairs.sort((a, b) => b.overlap - a.overlap)) {
    if (overlap < least || taken.annotated.has(i) || taken.found.has(j)) continue;
    taken.annotated.add(i);
    taken.found.add(j);
    overlaps.push(overlap);
  }
  return overlaps;
}
