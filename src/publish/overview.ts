import { join } from 'node:path';
import { loadResults, type Results } from '../evaluate/results';
import { percent, type ReportTable } from '../report/formats/table';
import { tableMarkdown } from '../report/formats/table-text';
import { modelNames, modelsFolder } from '../run/published-models';
import { writeWhole } from '../write-whole';

/** Test accuracy of all published models, beside what the paper claims, others reached, and people reach. */
export function tableModels(models: readonly Results[]): ReportTable {
  const outside = (name: string, protocol: string, accuracy: string) => [
    name,
    protocol,
    null,
    accuracy,
    null,
    null,
    null,
  ];
  return {
    title: 'Accuracy on the test part, %',
    columns: ['Model', 'Protocol', 'Seed', 'Accuracy', '95 % interval', 'Macro F1', 'Validation'],
    formats: [
      undefined,
      undefined,
      { decimals: 0 },
      { decimals: 2 },
      { decimals: 2 },
      { decimals: 3 },
      { decimals: 2 },
    ],
    rows: [
      outside('The paper (Table I, "Overall")', '70/15/15', '86'),
      outside('Best published single networks', 'official', '72.6 to 73.3'),
      ...models.map(rowOf),
      outside('People (Goodfellow et al. 2013)', '', '65 ± 5'),
    ],
    notes: [
      'Ours: each model was evaluated once on its test part; Wilson intervals, which do not cover the seed.',
    ],
  };
}

function rowOf({ run, record, test, validation }: Results): unknown[] {
  const { protocol, seed } = record.config;
  const { metrics, intervals } = test;
  return [
    run,
    protocol,
    record.members ? null : seed,
    percent(metrics.accuracy),
    intervals.accuracy.map(percent),
    metrics.macro.f1,
    percent(validation.metrics.accuracy),
  ];
}

/** All numbers of every published model, in the order of their names. */
export function publishedResults(folder = modelsFolder()): Results[] {
  return modelNames(folder).map((name) => loadResults(join(folder, name)));
}

/** Writes `README.md` of the folder of models: the table of them all, and how to check them. */
export function writeOverview(folder: string): void {
  const models = publishedResults(folder);
  const table = models.reduce(
    (text, { run }) => text.replace(`| ${run} |`, `| [${run}](${run}/README.md) |`),
    tableMarkdown(tableModels(models)),
  );
  writeWhole(join(folder, 'README.md'), `${['# Trained models', table, TEXT].join('\n\n')}\n`);
}

const TEXT = `Each folder holds the weights (float16), the model card, the record of the training, its history, the probabilities of
every validation and test image, and all numbers.

    npx ferlab verify            # do they come out on your FER-2013? some minutes
    npx ferlab predict face.jpg  # the best of them by validation accuracy`;
