import type { Interval } from '../numbers/interval';

/** What a pair adds to a sum, times its scale, in whole numbers: at most and at least. */
type Part = (support: number, t: number, p: number) => readonly [least: number, most: number];

/** A sum over the classes of what their pairs add. */
export interface SumSpecification {
  readonly name: string;
  readonly part: Part;
  readonly interval: Interval | undefined;
  /** What the mean must be multiplied by to give the sum. */
  readonly factor: number;
  readonly scale: number;
}
