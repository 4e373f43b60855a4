import { type RandomStream, randomStream } from '../../random';
import { type FeatureMatrix, rowOf, squaredDistance } from './feature';

/** Rounds of k-means after which it stops, settled or not. */
const MOST_ROUNDS = 20;

export interface VocabularyOptions {
  readonly words: number;
  readonly seed: number;
}

/**
 * Centres [words, width] of k-means (Lloyd 1982), which starts from rows drawn by their distance to the nearest earlier one
 * (k-means++, Arthur and Vassilvitskii 2007). A centre without rows stays where it is.
 */
export function learnVocabulary(rows: FeatureMatrix, { words, seed }: VocabularyOptions): FeatureMatrix {
  const centres = drawCentres(rows, words, randomStream(seed, 'vocabulary'));
  let nearest = new Uint32Array(rows.count).fill(words);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const norms = squaredNorms(centres);
    const next = Uint32Array.from({ length: rows.count }, (_, i) =>
      nearestWord(centres, norms, rowOf(rows, i)),
    );
    if (next.every((word, i) => word === nearest[i])) break;
    nearest = next;
    moveCentres(rows, nearest, centres);
  }
  return centres;
}

/** Half the squared length of each centre, which {@link nearestWord} needs. */
export function squaredNorms(centres: FeatureMatrix): Float64Array {
  return Float64Array.from({ length: centres.count }, (_, word) =>
    rowOf(centres, word).reduce((sum, value) => sum + (value * value) / 2, 0),
  );
}

/** The centre nearest to a row, of equals the first. @param norms by {@link squaredNorms} */
export function nearestWord(
  { values, count, width }: FeatureMatrix,
  norms: Float64Array,
  row: Float32Array,
): number {
  let [nearest, least] = [0, Number.POSITIVE_INFINITY];
  for (let word = 0, at = 0; word < count; word++, at += width) {
    // |row − centre|² / 2 without |row|² / 2, which is the same for all.
    let distance = norms[word]!;
    for (let j = 0; j < width; j++) distance -= values[at + j]! * row[j]!;
    if (distance < least) [nearest, least] = [word, distance];
  }
  return nearest;
}

function drawCentres(rows: FeatureMatrix, words: number, stream: RandomStream): FeatureMatrix {
  const centres = { values: new Float32Array(words * rows.width), count: words, width: rows.width };
  const distances = new Float64Array(rows.count).fill(1);
  for (let word = 0; word < words; word++) {
    const centre = rowOf(centres, word);
    centre.set(rowOf(rows, drawByWeight(distances, stream)));
    for (let i = 0; i < rows.count; i++) {
      const own = squaredDistance(rowOf(rows, i), centre);
      distances[i] = word === 0 ? own : Math.min(distances[i]!, own);
    }
  }
  return centres;
}

function drawByWeight(weights: Float64Array, stream: RandomStream): number {
  let rest = stream.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

function moveCentres(rows: FeatureMatrix, nearest: Uint32Array, centres: FeatureMatrix): void {
  const { width } = rows;
  const sums = new Float64Array(centres.values.length);
  const counts = new Uint32Array(centres.count);
  for (let i = 0; i < rows.count; i++) {
    const row = rowOf(rows, i);
    counts[nearest[i]!]!++;
    for (let j = 0; j < width; j++) sums[nearest[i]! * width + j]! += row[j]!;
  }
  for (let at = 0; at < sums.length; at++) {
    const count = counts[Math.floor(at / width)]!;
    if (count > 0) centres.values[at] = sums[at]! / count;
  }
}
