import { quantileSorted } from 'simple-statistics';
import type { ImageDataset } from '../../dataset/dataset';
import { partWithRole } from '../../dataset/spec';
import { knownSpec } from '../../dataset/specs';
import { FerlabError } from '../../errors';
import { type PredictionMemory, predictRun } from '../../predict/predict-run';
import { randomStream } from '../../random';
import type { Run } from '../../run/run';
import { BOOTSTRAP_DRAWS, type ConfidenceInterval, wilsonInterval } from '../intervals';
import { type SharedClass, sharedClasses } from './shared-classes';

/** How one class of another data set is recognised. */
export interface CrossClass {
  readonly name: string;
  readonly count: number;
  readonly correct: number;
}

/** What a classifier recognises of another data set than that of its training. */
export interface CrossResult {
  readonly trainedOn: string;
  readonly testedOn: string;
  readonly images: number;
  /** Images whose class the classifier does not know. */
  readonly leftOut: number;
  /** People on the images, where names tell them. */
  readonly people: number | null;
  readonly accuracy: number;
  /** Over people where they are known, else Wilson's over images. */
  readonly interval: ConfidenceInterval;
  /** Mean of the recalls of the classes that have images. */
  readonly meanRecall: number;
  readonly classes: readonly CrossClass[];
}

/**
 * Lets a classifier recognise the images of another data set, among the classes that both share. A sealed official test part is
 * left out.
 * @param memory of the data set; read and filled
 * @throws FerlabError for the data set of its training, another size of images, or fewer than two shared classes
 */
export function evaluateAcross(
  run: Run,
  dataset: ImageDataset,
  { memory, seed = 0 }: { memory?: PredictionMemory; seed?: number } = {},
): CrossResult {
  const trained = knownSpec(run.record.dataset.spec);
  const { spec } = dataset;
  if (trained.name === spec.name)
    throw new FerlabError(`${run.folder}: it was trained on ${spec.title} itself`, {
      remedy: 'use `ferlab evaluate`, or name another data set with --dataset',
    });
  if (run.record.dataset.side !== spec.side)
    throw new FerlabError(
      `${run.folder}: it takes images of ${run.record.dataset.side} pixels, those of ${spec.title} have ${spec.side}`,
      { remedy: 'choose a model of that size' },
    );
  const shared = sharedClasses(trained, spec);
  const open = openRows(dataset);
  const rows = rowsOf(dataset, open, shared);
  const probabilities = predictRun(run, dataset, rows, memory);
  const hits = hitsOf({ dataset, rows, shared }, probabilities, run.record.dataset.classes.length);
  const classes = shared.map(({ name, tested }) => ({
    name,
    ...countHitsWhere(hits, (i) => dataset.labels[rows[i]!] === tested),
  }));
  const correct = hits.filter(Boolean).length;
  const seen = classes.filter(({ count }) => count > 0);
  const subjects = dataset.subjects && Uint16Array.from(rows, (row) => dataset.subjects![row]!);
  return {
    trainedOn: trained.title,
    testedOn: spec.title,
    images: rows.length,
    leftOut: open.length - rows.length,
    people: subjects ? new Set(subjects).size : null,
    accuracy: correct / rows.length,
    interval: subjects ? intervalOverPeople(hits, subjects, seed) : wilsonInterval(correct, rows.length),
    meanRecall: seen.reduce((sum, one) => sum + one.correct / one.count, 0) / seen.length,
    classes,
  };
}

/** The images that are not in a sealed test part: all where the data set has no official parts. */
function openRows({ spec, usages, count }: ImageDataset): Uint32Array {
  const sealed = partWithRole(spec, 'test');
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  return spec.parts.length === 0 ? rows : rows.filter((row) => usages[row] !== sealed);
}

function rowsOf(dataset: ImageDataset, open: Uint32Array, shared: readonly SharedClass[]): Uint32Array {
  const known = new Set(shared.map(({ tested }) => tested));
  const rows = open.filter((row) => known.has(dataset.labels[row]!));
  if (rows.length > 0) return rows;
  throw new FerlabError(`${dataset.source.path}: no image of a class that both data sets share`, {
    remedy: 'check the data with `ferlab data info`',
  });
}

/** Whether each image is recognised, among the shared classes. */
function hitsOf(
  { dataset, rows, shared }: { dataset: ImageDataset; rows: Uint32Array; shared: readonly SharedClass[] },
  probabilities: Float32Array,
  classCount: number,
): boolean[] {
  return Array.from(rows, (row, i) => {
    const of = ({ trained }: SharedClass) => probabilities[i * classCount + trained]!;
    const best = shared.reduce((one, other) => (of(other) > of(one) ? other : one));
    return best.tested === dataset.labels[row];
  });
}

/** Some of the images, and those of them that are recognised. */
type HitCount = Omit<CrossClass, 'name'>;

function countHitsWhere(hits: readonly boolean[], isCounted: (i: number) => boolean): HitCount {
  const own = hits.filter((_, i) => isCounted(i));
  return { count: own.length, correct: own.filter(Boolean).length };
}

/**
 * 95 % percentile interval of the accuracy: whole people are drawn anew with replacement, as the images of one person
 * resemble each other.
 */
export function intervalOverPeople(
  hits: readonly boolean[],
  subjects: Uint16Array,
  seed: number,
): ConfidenceInterval {
  const people = [...new Set(subjects)].map((person) => countHitsWhere(hits, (i) => subjects[i] === person));
  const random = randomStream(seed, 'people');
  const draws = Array.from({ length: BOOTSTRAP_DRAWS }, () => {
    const drawn = people.map(() => people[random.integer(people.length)]!);
    const total = (of: (person: HitCount) => number) => drawn.reduce((sum, one) => sum + of(one), 0);
    return total(({ correct }) => correct) / total(({ count }) => count);
  }).sort((a, b) => a - b);
  return [quantileSorted(draws, 0.025), quantileSorted(draws, 0.975)];
}
