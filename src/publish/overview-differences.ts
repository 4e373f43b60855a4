import { join } from 'node:path';
import { compareModels, compareWithMean, formatP, type MeanDifference } from '../evaluate/paired';
import type { Results } from '../evaluate/results';
import { MODELS, type ModelName } from '../model/models';
import { PERCENT_INTERVAL, POINTS, percent, percents } from '../report/columns';
import { column, type ReportTable } from '../report/table';
import { configHash } from '../run/config';
import { loadRunPredictions, openRun } from '../run/open-run';
import { type Predictions, pickWithoutCopies } from '../run/predictions';

/** A model and what it is compared with, on the same test images. */
export interface Difference extends MeanDifference {
  readonly model: string;
  readonly reference: string;
  /** On the images of which the training part holds no copy; null where nobody looked. */
  readonly withoutCopies: MeanDifference | null;
}

/**
 * Compares published models that predicted the same test images: the two single networks of a protocol that are best on
 * validation, networks that were trained with equal settings and seed, each ensemble with its members' mean and with the best
 * of them on validation, and each baseline with the network whose features it takes over.
 * @param folder of the models
 */
export function differencesOf(models: readonly Results[], folder: string): Difference[] {
  const byName = new Map(models.map((results) => [results.classifier.name, results]));
  const pairs = [
    ...bestPairs(models),
    ...ofEqualSettings(models),
    ...models.flatMap((results) => ofEnsemble(results, byName, folder)),
    ...models.flatMap((results) => ofBorrower(results, byName, folder)),
  ];
  return pairs.map(({ model, references, reference }) => {
    const predictions = [model, ...references].map((name) => testOf(folder, name));
    const rest = predictions.flatMap((one) => pickWithoutCopies(one) ?? []);
    const withoutCopies = rest.length === predictions.length ? differenceOf(rest) : null;
    return { model, reference, ...differenceOf(predictions), withoutCopies };
  });
}

/** How the first differs from the second, or from the mean of the others. */
function differenceOf([own, ...others]: readonly Predictions[]): MeanDifference {
  return others.length === 1 ? compareModels(others[0]!, own!) : compareWithMean(others, own!);
}

interface Pair {
  readonly model: string;
  readonly references: readonly string[];
  /** The references in words. */
  readonly reference: string;
}

const nameOf = ({ classifier }: Results) => classifier.name;
const byValidation = (a: Results, b: Results) =>
  b.validation.metrics.accuracy - a.validation.metrics.accuracy;

/** Only official parts are the same images for every seed. */
function bestPairs(models: readonly Results[]): Pair[] {
  const networks = models.filter(
    ({ classifier, split }) => classifier.kind === 'network' && split.protocol === 'official',
  );
  const [best, second] = [...networks].sort(byValidation).map(nameOf);
  return best && second ? [{ model: best, references: [second], reference: second }] : [];
}

const MODEL_NAMES = Object.keys(MODELS) as ModelName[];
const FIRST_MODEL = MODEL_NAMES[0]!;

/** Networks that differ in nothing but their layers, each with the one of them that `MODELS` lists first. */
function ofEqualSettings(models: readonly Results[]): Pair[] {
  const groups = new Map<string, { name: string; place: number }[]>();
  for (const { classifier, training, split } of models) {
    if (!training || split.protocol !== 'official') continue;
    const { config } = training.record;
    const key = configHash({ ...config, model: FIRST_MODEL });
    const own = { name: classifier.name, place: MODEL_NAMES.indexOf(config.model) };
    groups.set(key, [...(groups.get(key) ?? []), own]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group.sort((a, b) => a.place - b.place).map(({ name }) => name);
    return others.map((model) => ({ model, references: [first!], reference: first! }));
  });
}

function ofBorrower(results: Results, byName: ReadonlyMap<string, Results>, folder: string): Pair[] {
  if (results.classifier.kind !== 'baseline') return [];
  const { record } = openRun(join(folder, nameOf(results)));
  const lender = record.kind === 'baseline' ? record.lender?.model : undefined;
  if (lender === undefined || !byName.has(lender)) return [];
  return [{ model: nameOf(results), references: [lender], reference: `${lender}, whose features it takes` }];
}

function ofEnsemble(results: Results, byName: ReadonlyMap<string, Results>, folder: string): Pair[] {
  const run = openRun(join(folder, nameOf(results)));
  if (run.kind !== 'ensemble') return [];
  const members = run.record.members.flatMap((name) => byName.get(name) ?? []);
  const best = [...members].sort(byValidation)[0];
  if (!best || members.length < 2) return [];
  const model = nameOf(results);
  return [
    { model, references: members.map(nameOf), reference: "its members' mean" },
    { model, references: [nameOf(best)], reference: `${nameOf(best)}, its best member on validation` },
  ];
}

const testOf = (folder: string, name: string): Predictions =>
  loadRunPredictions(openRun(join(folder, name)), 'test');

/** The differences with their intervals and p; null where there are none. */
export function tableDifferences(differences: readonly Difference[]): ReportTable<Difference> | null {
  if (differences.length === 0) return null;
  return {
    title: 'Differences on the same test images, points of accuracy',
    columns: [
      column('Model', ({ model }) => model),
      column('Compared with', ({ reference }) => reference),
      column('Difference', ({ difference }) => percent(difference), POINTS),
      column('95 % interval', ({ interval }) => percents(interval), { ...PERCENT_INTERVAL, decimals: 2 }),
      column('p', ({ p }) => formatP(p)),
      column('Without copies', ({ withoutCopies: rest }) => rest && percent(rest.difference), POINTS),
      column('Without copies, 95 % interval', ({ withoutCopies: rest }) => rest && percents(rest.interval), {
        ...PERCENT_INTERVAL,
        decimals: 2,
      }),
    ],
    rows: differences,
    notes: [
      'Two models: score interval for paired proportions (Tango 1998) and p of the exact McNemar test. Comparison with a mean: normal approximation over the images. The first pair of single networks are the two best on validation; other pairs were trained with equal settings. Each interval holds for its comparison alone, and none covers the choice of the seed.',
    ],
  };
}
