import { join } from 'node:path';
import { compareModels, compareWithMean, formatP, type MeanDifference } from '../evaluate/paired';
import type { Results } from '../evaluate/results';
import { PERCENT_INTERVAL, POINTS, percent, percents } from '../report/columns';
import { column, type ReportTable } from '../report/table';
import { loadRunPredictions, openRun } from '../run/open-run';
import type { Predictions } from '../run/predictions';

/** A model and what it is compared with, on the same test images. */
export interface Difference extends MeanDifference {
  readonly model: string;
  readonly reference: string;
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
      const [own, ...others] = [model, ...references].map((name) => testOf(folder, name));
      const difference =
        others.length === 1 ? compareModels(others[0]!, own!) : compareWithMean(others, own!);
      return { model, reference, ...difference };
    },
  );
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
      column('Less', ({ reference }) => reference),
      column('Difference', ({ difference }) => percent(difference), POINTS),
      column('95 % interval', ({ interval }) => percents(interval), { ...PERCENT_INTERVAL, decimals: 2 }),
      column('p', ({ p }) => formatP(p)),
    ],
    rows: differences,
    notes: [
      'Two models: score interval for paired proportions (Tango 1998), p of the exact McNemar test. Against a mean: normal approximation over the images. Single networks are the two best on validation. Each interval is for its comparison alone; none covers the seed.',
    ],
  };
}
