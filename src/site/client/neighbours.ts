import type { Judged } from './images';

/** An image and how far its probabilities are from those of another. */
export interface Neighbour {
  readonly image: Judged;
  /** Hellinger distance, 0 to 1. */
  readonly distance: number;
}

/** The images that a model sees most alike: those with the nearest probabilities. @param image is not among them */
export function neighboursOf(image: Judged, images: readonly Judged[], count: number): Neighbour[] {
  return images
    .filter(({ row }) => row !== image.row)
    .map((other) => ({ image: other, distance: distance(image.probabilities, other.probabilities) }))
    .sort((a, b) => a.distance - b.distance || a.image.row - b.image.row)
    .slice(0, count);
}

/** Hellinger distance of two distributions. */
function distance(one: readonly number[], other: readonly number[]): number {
  const squares = one.map((value, k) => (Math.sqrt(value) - Math.sqrt(other[k]!)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 2);
}
