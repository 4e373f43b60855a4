import { join } from 'node:path';
import { loadResults, type Results } from '../evaluate/results';
import { PERCENT, percent, percents, SHARE, WHOLE } from '../report/columns';
import { tableMarkdown } from '../report/formats/markdown';
import { type Cell, column, type ReportTable } from '../report/table';
import { modelNames, modelsFolder } from '../run/published-models';
import { writeWhole } from '../write-whole';

interface ModelRow {
  readonly name: string;
  readonly protocol: string;
  readonly seed?: number | null;
  /** In percent; text as others print it. */
  readonly accuracy: Cell;
  readonly interval?: Cell;
  readonly macroF1?: number;
  /** Accuracy on the validation part, in percent. */
  readonly validation?: number;
}

/** Test accuracy of all published models, beside what the paper claims, others reached, and people reach. */
export function tableModels(models: readonly Results[]): ReportTable<ModelRow> {
  return {
    title: 'Accuracy on the test part, %',
    columns: [
      column('Model', ({ name }) => name),
      column('Protocol', ({ protocol }) => protocol),
      column('Seed', ({ seed }) => seed, WHOLE),
      column('Accuracy', ({ accuracy }) => accuracy, PERCENT),
      column('95 % interval', ({ interval }) => interval, PERCENT),
      column('Macro F1', ({ macroF1 }) => macroF1, SHARE),
      column('Validation', ({ validation }) => validation, PERCENT),
    ],
    rows: [
      { name: 'The paper (Table I, "Overall")', protocol: '70/15/15', accuracy: '86' },
      { name: 'Best published single networks', protocol: 'official', accuracy: '72.6 to 73.3' },
      ...models.map(rowOf),
      { name: 'People (Goodfellow et al. 2013)', protocol: '', accuracy: '65 ± 5' },
    ],
    notes: [
      'Ours: each model was evaluated once on its test part; Wilson intervals, which do not cover the seed.',
    ],
  };
}

function rowOf({ classifier, split, test, validation }: Results): ModelRow {
  const { metrics, intervals } = test;
  return {
    name: classifier.name,
    protocol: split.protocol,
    seed: classifier.seed,
    accuracy: percent(metrics.accuracy),
    interval: percents(intervals.accuracy),
    macroF1: metrics.macro.f1,
    validation: percent(validation.metrics.accuracy),
  };
}

/** All numbers of every published model, in the order of their names. */
export function publishedResults(folder = modelsFolder()): Results[] {
  return modelNames(folder).map((name) => loadResults(join(folder, name)));
}

/** Writes `README.md` of the folder of models: the table of them all, and how to check them. */
export function writeOverview(folder: string): void {
  const models = publishedResults(folder);
  const table = models.reduce(
    (text, { classifier: { name } }) => text.replace(`| ${name} |`, `| [${name}](${name}/README.md) |`),
    tableMarkdown(tableModels(models)),
  );
  writeWhole(join(folder, 'README.md'), `${['# Trained models', table, TEXT].join('\n\n')}\n`);
}

const TEXT = `Each folder holds the weights (float16), the model card, the record of the training, its history, the probabilities of
every validation and test image, and all numbers.

    npx ferlab verify            # do they come out on your FER-2013? some minutes
    npx ferlab predict face.jpg  # the best of them by validation accuracy`;
