import { z } from 'zod';
import { modelSize } from '../engine/describe';
import { buildModel } from '../model/models';
import { loadDocument } from '../run/json-file';
import { countHits, type LabelledProbabilities } from '../run/predictions';
import type { LeakStudy } from './definition';
import { MEASURES, type MeasureName } from './measures';
import { hasOutcome, type LabOutcome, loadLabOutcome } from './outcome';
import { tasksOf, triesOf } from './run';
import { TRAININGS } from './trainings';

/** What one mistake of one seed would print, and what the same weights are worth. */
export interface LeakResult {
  /** One of the trainings; `learnt-images` are those of the honest training, `twenty-tries` the best of the tries. */
  readonly training: string;
  readonly measure: MeasureName;
  readonly seed: number;
  /** What is printed as accuracy, and the images that it is printed for. */
  readonly claimed: number;
  readonly claimedImages: number;
  /** Counts behind the printed tables, rows are the labels as the mistake has them. */
  readonly confusion: readonly (readonly number[])[];
  /** Accuracy of the same weights on the untouched images. */
  readonly actual: number;
}

/** The results of the leak lab: what its table and figure are made from. */
export interface LeakResults {
  readonly format: 'ferlab-leak-results-1';
  readonly title: string;
  readonly protocol: string;
  readonly classes: readonly string[];
  readonly isSynthetic: boolean;
  readonly untouchedImages: number;
  readonly seeds: readonly number[];
  readonly trainings: number;
  /** Of all trainings. */
  readonly minutes: number;
  readonly machines: readonly string[];
  readonly results: readonly LeakResult[];
}

const share = z.number().min(0).max(1);
const count = z.int().min(0);
const FORMAT = {
  format: 'ferlab-leak-results-1',
  schema: z.strictObject({
    format: z.literal('ferlab-leak-results-1'),
    title: z.string(),
    protocol: z.string(),
    classes: z.array(z.string()),
    isSynthetic: z.boolean(),
    untouchedImages: count,
    seeds: z.array(z.int()),
    trainings: count,
    minutes: z.number(),
    machines: z.array(z.string()),
    results: z.array(
      z.strictObject({
        training: z.string(),
        measure: z.enum(MEASURES.map(({ name }) => name)),
        seed: z.int(),
        claimed: share,
        claimedImages: count,
        confusion: z.array(z.array(count)),
        actual: share,
      }),
    ),
  }),
  remedy: 'make it again with `ferlab study FILE --show --out RESULTS`',
};

/** Reads the results of the leak lab. @throws FerlabError that names the wrong fields */
export function loadLeakResults(path: string): LeakResults {
  return loadDocument<LeakResults>(path, FORMAT);
}

/** One set of predictions whose accuracy is claimed, with those of the same weights for the untouched images. */
interface Claimed {
  readonly training: string;
  readonly seed: number;
  readonly reported: LabelledProbabilities;
  readonly untouched: LabelledProbabilities;
}

/** The results of the trainings that are done, every measure of each; null when none is. */
export function computeLeakResults(
  study: LeakStudy,
  { classes, isSynthetic }: { classes: readonly string[]; isSynthetic: boolean },
): LeakResults | null {
  const done = tasksOf(study).filter(({ folder }) => hasOutcome(folder));
  if (done.length === 0) return null;
  const outcomes = done.map((task) => ({ ...task, outcome: loadLabOutcome(task.folder) }));
  const whole = outcomes.filter(({ training }) => TRAININGS.includes(training));
  const claims: Claimed[] = [
    ...whole.map(({ training, seed, outcome: { reported, untouched } }) => ({
      ...{ training: training.name, seed, reported, untouched },
    })),
    ...whole.flatMap(({ seed, outcome }) => learntImages(seed, outcome)),
    ...study.seeds.flatMap((seed) => bestOfTries(study, seed)),
  ];
  const first = outcomes[0]!.outcome;
  return {
    format: 'ferlab-leak-results-1',
    title: study.title,
    protocol: protocolOf(study, first, classes),
    ...{ classes, isSynthetic, seeds: study.seeds },
    untouchedImages: first.untouched.labels.length,
    trainings: done.length,
    minutes: Math.round(outcomes.reduce((sum, { outcome }) => sum + outcome.seconds, 0) / 6) / 10,
    machines: [...new Set(outcomes.map(({ outcome }) => outcome.machine))],
    results: claims.flatMap(resultsOf),
  };
}

function resultsOf({ training, seed, reported, untouched }: Claimed): LeakResult[] {
  const actual = rounded(countHits(untouched) / untouched.labels.length);
  return MEASURES.map(({ name, of }) => {
    const { accuracy, confusion } = of(reported);
    const claimedImages = confusion.flat().reduce((sum, images) => sum + images, 0);
    return { training, measure: name, seed, claimed: rounded(accuracy), claimedImages, confusion, actual };
  });
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

/** The honest training, with the accuracy on the images that it has learnt. */
function learntImages(seed: number, { training, untouched }: LabOutcome): Claimed[] {
  return training ? [{ training: 'learnt-images', seed, reported: training, untouched }] : [];
}

/** The try that is best on the test part; the first of equals. None until all are done. */
function bestOfTries(study: LeakStudy, seed: number): Claimed[] {
  const tries = triesOf(study, seed);
  if (!tries.every(({ folder }) => hasOutcome(folder))) return [];
  const outcomes = tries.map(({ folder }) => loadLabOutcome(folder));
  const best = outcomes.reduce((one, other) =>
    countHits(other.reported) > countHits(one.reported) ? other : one,
  );
  return [{ training: 'twenty-tries', seed, reported: best.reported, untouched: best.untouched }];
}

function protocolOf(study: LeakStudy, { parameters }: LabOutcome, classes: readonly string[]): string {
  const { images, side, imagesSeen, batchSize, tries, imagesSeenByTry } = study;
  const { multiplyAdds } = modelSize(buildModel('light-cnn', { side, classes }));
  const number = (value: number) => value.toLocaleString('en');
  return [
    `light-cnn (${number(parameters)} parameters, ${(multiplyAdds / 1e6).toFixed(1)} M multiply-adds), images of ${side}x${side}.`,
    `About ${number(images)} images of the official training part, whole groups of copies, stand for all of the data and are divided 70/15/15.`,
    `Each training sees ${number(imagesSeen)} images in batches of ${batchSize}, without augmentation; each of the ${tries} tries ${number(imagesSeenByTry)}.`,
    'The validation part chooses the epoch.',
  ].join(' ');
}
