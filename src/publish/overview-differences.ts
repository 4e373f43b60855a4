import { join } from 'node:path';
import { compareModels, compareWithMean, formatP, type MeanDifference } from '../evaluate/paired';
import type { Results } from '../evaluate/results';
import { PERCENT_INTERVAL, POINTS, percent, percents } from '../report/columns';
import { column, type ReportTable } from '../report/table';
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
 * validation, and each ensemble with its members' mean and with the best of them on validation.
 * @param folder of the models
 */
export function differencesOf(models: readonly Results[], folder: string): Difference[] {
  const byName = new Map(models.map((results) => [results.classifier.name, results]));
  return [...bestPairs(models), ...models.flatMap((results) => ofEnsemble(results, byName, folder))].map(
    ({ model, references, reference }) => {
      const predictions = [model, ...references].map((name) => testOf(folder, name));
      const rest = predictions.flatMap((one) => pickWithoutCopies(one) ?? []);
      const withoutCopies = rest.length === predictions.length ? differenceOf(rest) : null;
      return { model, reference, ...differenceOf(predictions), withoutCopies };
    },
  );
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
      'Two models: score interval for paired proportions (Tango 1998) and p of the exact McNemar test. Comparison with a mean: normal approximation over the images. The single networks are the two best on validation. Each interval holds for its comparison alone, and none covers the choice of the seed.',
    ],
  };
}
