import { join } from 'node:path';
import { PAPER_DATASET } from '../dataset/specs';
import { loadResults, type Results } from '../evaluate/results';
import { PERCENT, percent, percents, SHARE, WHOLE } from '../report/columns';
import { tableMarkdown } from '../report/formats/markdown';
import { type Cell, column, type ReportTable } from '../report/table';
import { areSeveralMethods, tableMethods } from '../report/tables/methods';
import { erratumText } from '../run/errata';
import { modelNames, modelsFolder } from '../run/published-models';
import { writeWhole } from '../write-whole';
import { computeSentence } from './compute';
import { differencesOf, tableDifferences } from './overview-differences';

interface ModelRow {
  readonly name: string;
  readonly protocol: string;
  readonly seed?: number | null;
  /** In percent; text as others print it. */
  readonly accuracy: Cell;
  readonly interval?: Cell;
  /** Accuracy without the test images that the training part holds too, in percent. */
  readonly withoutCopies?: Cell;
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
      column('Without copies', ({ withoutCopies }) => withoutCopies, PERCENT),
      column('Macro F1', ({ macroF1 }) => macroF1, SHARE),
      column('Validation', ({ validation }) => validation, PERCENT),
    ],
    rows: [
      { name: 'The paper (Table I, "Overall")', protocol: '70/15/15', accuracy: '86' },
      {
        name: 'Best single networks from scratch, chosen on PublicTest (Pramerdorfer and Kampel 2016; EmoClass2019)',
        protocol: 'official',
        accuracy: '72.7 to 72.8',
      },
      ...models.map(rowOf),
      { name: 'People (Goodfellow et al. 2013)', protocol: '', accuracy: '65 ± 5' },
    ],
    notes: [
      'Ours: the test part was opened once for each training, and again for the correction that each card describes. Wilson intervals; they do not cover the choice of the seed. Without copies: without the test images that have an exact copy in the training part.',
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
    withoutCopies: test.withoutCopies && percent(test.withoutCopies.metrics.accuracy),
    macroF1: metrics.macro.f1,
    validation: percent(validation.metrics.accuracy),
  };
}

/** All numbers of every published model, in the order of their names. */
export function publishedResults(folder = modelsFolder()): Results[] {
  return modelNames(folder).map((name) => loadResults(join(folder, name)));
}

/** Writes `README.md` of the folder of models: the table of them all, how they differ, and how to check them. */
export function writeOverview(folder: string): void {
  const models = publishedResults(folder);
  const tables = [tableModels(models), ...methodsOf(models), tableDifferences(differencesOf(models, folder))];
  const text = models.reduce(
    (linked, { classifier: { name } }) =>
      linked.replaceAll(`| ${name} |`, `| [${name}](${name}/README.md) |`),
    tables.flatMap((table) => (table ? [tableMarkdown(table as ReportTable<unknown>)] : [])).join('\n\n'),
  );
  const parts = [
    '# Trained models',
    text,
    ...erratumParagraphs(models),
    computeSentence(models, folder),
    TEXT,
  ];
  writeWhole(join(folder, 'README.md'), `${parts.join('\n\n')}\n`);
}

/** The models that were tested on the same official part, side by side; nothing where they are all of one method. */
function methodsOf(models: readonly Results[]): ReportTable<Results>[] {
  const official = models.filter(({ split }) => split.protocol === 'official');
  return areSeveralMethods(official) ? [tableMethods(official)] : [];
}

/** Each known fault with the models that have it. */
function erratumParagraphs(models: readonly Results[]): string[] {
  const found = new Map<string, string[]>();
  for (const { classifier, training } of models) {
    for (const erratum of training?.record.errata ?? []) {
      const text = erratumText(erratum);
      found.set(text, [...(found.get(text) ?? []), classifier.name]);
    }
  }
  return [...found].map(([text, names]) => `**Erratum**, ${names.join(', ')}: ${text}`);
}

const TEXT = `Each folder holds the weights (float16; of classifiers that are no networks float32), the model card, the record and history of
the training, the probabilities of every validation and test image, and all numbers. \`data-*.csv\` identifies each image of the data by part, label and
digest; it contains no pixels. \`parts.txt\` lists the rows of a random split that was drawn on an earlier copy of the data.

    npx ferlab verify            # evaluate them again on your copy of ${PAPER_DATASET.title}; takes minutes
    npx ferlab predict face.jpg  # use the model with the best validation accuracy`;
