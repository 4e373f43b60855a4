import type { ClassMetricName } from '../evaluate/metrics';
import { sumOf } from '../sum';

/** The classes of the paper's tables as its data set names them; all printed values are in this order. */
const CLASSES = ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'];

/** The rows of the paper's tables, top to bottom: its name for a class, and the data set's. */
const ROWS = [
  ['Happiness', 'Happy'],
  ['Sadness', 'Sad'],
  ['Anger', 'Angry'],
  ['Fear', 'Fear'],
  ['Disgust', 'Disgust'],
  ['Surprise', 'Surprise'],
  ['Neutral', 'Neutral'],
] as const;

/** A row of the paper's tables. */
export interface PaperClass {
  /** The paper's name for the class. */
  readonly name: string;
  /** Index of the class among those of our data. */
  readonly label: number;
  /** Index of its printed values. */
  readonly at: number;
}

/** The rows of the paper's tables, top to bottom, for data with these classes; none for data with other classes. */
export function paperClasses(classes: readonly string[]): PaperClass[] {
  const rows = ROWS.map(([name, own]) => ({ name, label: classes.indexOf(own), at: CLASSES.indexOf(own) }));
  return classes.length === rows.length && rows.every(({ label }) => label >= 0) ? rows : [];
}

/** One of the paper's Tables I to IV, with every figure as it is printed, in the order of the classes Angry to Neutral. */
export interface PaperTable {
  readonly number: 'I' | 'II' | 'III' | 'IV';
  readonly caption: string;
  readonly metric: 'accuracy' | 'precision' | 'recall' | 'f1';
  readonly values: readonly string[];
  readonly overall: string;
}

/** The samples column of all four tables, in the same order, and its last row. It adds up to 33,100. */
export const PAPER_SAMPLES: readonly string[] = [
  '4,132',
  '2,500',
  '3,847',
  '6,215',
  '4,850',
  '5,056',
  '6,500',
];
export const PAPER_SAMPLES_TOTAL = '35,887';

export const PAPER_TABLES: readonly PaperTable[] = [
  {
    number: 'I',
    caption: 'Emotion Recognition Accuracy Across Different Classes',
    metric: 'accuracy',
    values: ['0.85', '0.8', '0.82', '0.92', '0.88', '0.9', '0.87'],
    overall: '0.86',
  },
  {
    number: 'II',
    caption: 'Precision Scores for Emotion Recognition Across FER-2013 Dataset',
    metric: 'precision',
    values: ['0.7', '0.61', '0.65', '0.87', '0.74', '0.82', '0.79'],
    overall: '0.77',
  },
  {
    number: 'III',
    caption: 'Recall Scores of Emotion Recognition Model Across Different Emotions',
    metric: 'recall',
    values: ['0.68', '0.59', '0.62', '0.85', '0.71', '0.8', '0.76'],
    overall: '0.74',
  },
  {
    number: 'IV',
    caption: 'F1-Score Results for Emotion Recognition on FER-2013 Dataset',
    metric: 'f1',
    values: ['0.69', '0.6', '0.63', '0.86', '0.72', '0.81', '0.77'],
    overall: '0.75',
  },
];

/** Recall as the text of Section IV.2 gives it for Fig. 3, in the same order: most figures differ from Table III by .01. */
export const PAPER_TEXT_RECALL: readonly string[] = ['0.69', '0.60', '0.63', '0.85', '0.72', '0.81', '0.77'];

/** Figures 2 to 5 with what their caption and the paper's text say they show, and where the text says it. */
export const PAPER_FIGURES: readonly {
  readonly number: 2 | 3 | 4 | 5;
  readonly caption: PaperTable['metric'];
  readonly text: PaperTable['metric'];
  readonly section: string;
}[] = [
  { number: 2, caption: 'accuracy', text: 'precision', section: 'Section IV, paragraph on accuracy' },
  { number: 3, caption: 'recall', text: 'recall', section: 'Section IV, paragraph on precision' },
  { number: 4, caption: 'f1', text: 'f1', section: 'Section IV, paragraph on recall' },
  { number: 5, caption: 'accuracy', text: 'accuracy', section: 'Section IV, paragraph on F1-score' },
];

/** The paper's table of a metric. */
export function paperTable(metric: PaperTable['metric']): PaperTable {
  return PAPER_TABLES.find((table) => table.metric === metric)!;
}

/** Names of the metrics as headings write them. */
export const METRIC_NAMES: Readonly<Record<PaperTable['metric'] | ClassMetricName, string>> = {
  accuracy: 'Accuracy',
  oneVsRestAccuracy: 'One-vs-rest accuracy',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1-score',
};

/** A printed count such as "6,215" as a number. */
export const printedCount = (text: string) => Number(text.replace(',', ''));

/** What the seven numbers of the samples column add up to. */
export const paperSamplesSum = () => sumOf(PAPER_SAMPLES.map(printedCount));
