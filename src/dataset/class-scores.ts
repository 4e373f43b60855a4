import { ColumnSums } from './column-sums';
import type { ClassEvidence, DatasetSpec } from './spec';

/** How much the images of each label (rows) look like those of each class (columns). */
export interface ScoreMoments {
  /** Mean score. */
  readonly means: readonly (readonly number[])[];
  /** Variance of that mean, by the pooled variance of the scores within the labels; 0 for a label without images. */
  readonly variances: readonly (readonly number[])[];
}

/** Images beyond one for each label that the pooled variance needs: fewer say nothing. */
const LEAST_FREEDOM = 30;

/**
 * Adds up, as rows are read, what their pixels say of their classes: a linear score of standardised block means for
 * each class, by part and label. It needs no image twice, and so works for sets that are larger than memory.
 */
export class ClassScores {
  readonly #evidence: ClassEvidence | undefined;
  readonly #classes: number;
  readonly #side: number;
  readonly #columns: ColumnSums;
  /** Where blocks begin, in pixels, and where the last one ends. */
  readonly #edges: Uint16Array;
  readonly #means: Float64Array;
  readonly #scores: Float64Array;
  /** By [part][label]; each of [class] sums, [class] squares, and the number of images. */
  readonly #sums: Float64Array[][];

  constructor({ classEvidence, classes, parts, side }: DatasetSpec) {
    this.#evidence = classEvidence;
    this.#classes = classes.length;
    this.#side = side;
    this.#columns = new ColumnSums(side);
    const blocks = classEvidence?.side ?? 1;
    this.#edges = Uint16Array.from({ length: blocks + 1 }, (_, i) => Math.ceil((i * side) / blocks));
    this.#means = new Float64Array(blocks * blocks);
    this.#scores = new Float64Array(this.#classes);
    this.#sums = Array.from({ length: Math.max(1, parts.length) }, () =>
      classes.map(() => new Float64Array(2 * this.#classes + 1)),
    );
  }

  /** Counts an image whose pixels begin at `offset`. */
  add(images: Uint8Array, offset: number, { label, part }: { label: number; part: number }): void {
    if (!this.#evidence) return;
    this.#standardiseBlocks(images, offset);
    this.#score(this.#evidence.weights);
    const sums = this.#sums[part]![label]!;
    for (let k = 0; k < this.#classes; k++) {
      sums[k]! += this.#scores[k]!;
      sums[this.#classes + k]! += this.#scores[k]! ** 2;
    }
    sums[2 * this.#classes]!++;
  }

  /** Moments of one part, or of all; null where nothing is known of the classes, or too few images were seen. */
  moments(part?: number): ScoreMoments | null {
    const chosen = part === undefined ? this.#sums : [this.#sums[part]!];
    const all = Array.from({ length: this.#classes }, (_, label) =>
      added(chosen.map((sums) => sums[label]!)),
    );
    const counts = all.map((sums) => sums[2 * this.#classes]!);
    const labels = counts.filter((count) => count > 0).length;
    const freedom = counts.reduce((sum, count) => sum + count, 0) - labels;
    if (!this.#evidence || freedom < LEAST_FREEDOM) return null;
    const means = all.map((sums, label) =>
      [...sums.slice(0, this.#classes)].map((sum) => sum / (counts[label] || 1)),
    );
    const pooled = means[0]!.map((_, k) => {
      const within = all.map(
        (sums, label) => sums[this.#classes + k]! - counts[label]! * means[label]![k]! ** 2,
      );
      return within.reduce((sum, square) => sum + square, 0) / freedom;
    });
    const variances = counts.map((count) => pooled.map((variance) => (count > 0 ? variance / count : 0)));
    return { means, variances };
  }

  /** Means of blocks, less their mean, over their standard deviation. */
  #standardiseBlocks(images: Uint8Array, offset: number): void {
    const means = this.#means;
    const edges = this.#edges;
    const blocks = edges.length - 1;
    for (let line = 0; line < blocks; line++) {
      this.#columns.addBand(images, offset, [edges[line]!, edges[line + 1]!]);
      const { sums } = this.#columns;
      for (let block = 0; block < blocks; block++) {
        let sum = 0;
        for (let x = edges[block]!; x < edges[block + 1]!; x++) sum += sums[x]!;
        means[line * blocks + block] = sum;
      }
    }
    let [sum, squares] = [0, 0];
    const scale = means.length / this.#side ** 2;
    for (let i = 0; i < means.length; i++) {
      means[i]! *= scale;
      sum += means[i]!;
    }
    const mean = sum / means.length;
    for (const value of means) squares += (value - mean) ** 2;
    const deviation = Math.sqrt(squares / means.length) + 1e-6;
    for (let i = 0; i < means.length; i++) means[i] = (means[i]! - mean) / deviation;
  }

  #score(weights: readonly (readonly number[])[]): void {
    const means = this.#means;
    for (let k = 0; k < weights.length; k++) {
      const ofClass = weights[k]!;
      let sum = ofClass[means.length]!;
      for (let i = 0; i < means.length; i++) sum += ofClass[i]! * means[i]!;
      this.#scores[k] = sum;
    }
  }
}

const added = (some: readonly Float64Array[]): Float64Array =>
  some.reduce((sum, one) => sum.map((value, i) => value + one[i]!));
