import { type ImageDataset, USAGES } from '../../dataset/dataset';
import { type DuplicateSummary, findDuplicateGroups, summarizeDuplicates } from '../../dataset/duplicates';
import { EMOTIONS, PAPER_ROWS } from '../../dataset/emotions';
import { countByClass, OFFICIAL_COUNTS } from '../../dataset/evidence';
import type { ReportTable } from '../formats/table';
import { PAPER_SAMPLES, PAPER_SAMPLES_TOTAL } from '../paper';

const THOUSANDS = { thousands: true };
export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** A title that says so if the data is the synthetic sample. */
export function titledFor(title: string, dataset: Pick<ImageDataset, 'source'>): string {
  return dataset.source.kind === 'synthetic' ? `${title} (synthetic sample)` : title;
}

/** Images of each class in each part, beside the official totals of FER-2013 and the paper's samples column. */
export function tableClassCounts(dataset: ImageDataset): ReportTable {
  const counts = countByClass(dataset);
  const row = (name: string, label: number) => [
    name,
    ...counts[label]!,
    sum(counts[label]!),
    sum(OFFICIAL_COUNTS[label]!),
    PAPER_SAMPLES[label]!,
  ];
  const columnSums = USAGES.map((_, usage) => sum(counts.map((ofClass) => ofClass[usage]!)));
  const official = sum(OFFICIAL_COUNTS.map(sum));
  return {
    title: titledFor('Images of each class and part', dataset),
    columns: ['emotion', ...USAGES, 'all parts', 'official, all parts', 'paper: samples'],
    rows: [
      ...PAPER_ROWS.map(({ name, label }) => row(name, label)),
      ['all', ...columnSums, dataset.count, official, PAPER_SAMPLES_TOTAL],
    ],
    formats: [undefined, ...USAGES.map(() => THOUSANDS), THOUSANDS, THOUSANDS, { printed: true }],
    notes: [
      `The paper's samples add up to ${paperSum().toLocaleString('en')}, not to the ${PAPER_SAMPLES_TOTAL} of its last row.`,
    ],
  };
}

/** What the seven numbers of the paper's samples column really add up to. */
export function paperSum(): number {
  return sum(PAPER_SAMPLES.map((text) => Number(text.replace(',', ''))));
}

const DUPLICATE_ROWS: readonly (readonly [keyof DuplicateSummary, string])[] = [
  ['images', 'images'],
  ['distinct', 'distinct images'],
  ['removable', 'images that are a copy of an earlier one'],
  ['groups', 'groups of exact copies'],
  ['conflicting', 'groups whose copies carry different labels'],
  ['publicTestInTraining', 'PublicTest images with an exact copy in Training'],
  ['privateTestInTraining', 'PrivateTest images with an exact copy in Training'],
];

/** How many images are exact copies of others, and how many copies lie across the parts. */
export function tableDuplicates(dataset: ImageDataset): ReportTable {
  const summary = summarizeDuplicates(dataset, findDuplicateGroups(dataset));
  return {
    title: titledFor('Exact copies', dataset),
    columns: ['what', 'count', 'share of all images'],
    formats: [undefined, THOUSANDS],
    rows: DUPLICATE_ROWS.map(([key, name]) => {
      const isImages = key !== 'groups' && key !== 'conflicting';
      return [name, summary[key], isImages ? `${((100 * summary[key]) / dataset.count).toFixed(2)} %` : ''];
    }),
  };
}

/**
 * How often two exact copies carry each pair of labels: the noise of the labels, as far as copies show it.
 * Counted are pairs of images within a group of copies; rows and columns are classes, the diagonal agrees.
 */
export function tableLabelNoise(dataset: ImageDataset): ReportTable {
  const pairs = EMOTIONS.map(() => EMOTIONS.map(() => 0));
  for (const labels of labelsOfCopies(dataset)) {
    for (const [i, a] of labels.entries()) {
      for (const b of labels.slice(i + 1)) pairs[Math.min(a, b)]![Math.max(a, b)]!++;
    }
  }
  const total = sum(pairs.map(sum));
  const agreeing = sum(pairs.map((row, label) => row[label]!));

  return {
    title: titledFor('Labels of exact copies, by pairs', dataset),
    columns: ['', ...EMOTIONS],
    rows: pairs.map((row, a) => [EMOTIONS[a]!, ...row.map((count, b) => (b < a ? '' : count))]),
    notes: [
      total === 0
        ? 'There are no exact copies.'
        : `Of ${total.toLocaleString('en')} pairs of exact copies ${((100 * agreeing) / total).toFixed(1)} % carry the same label.`,
    ],
  };
}

/** The labels within each group of two or more copies. */
function labelsOfCopies(dataset: ImageDataset): number[][] {
  const groups: number[][] = [];
  for (const [row, group] of findDuplicateGroups(dataset).entries()) {
    groups[group] ??= [];
    groups[group].push(dataset.labels[row]!);
  }
  return groups.filter((labels) => labels.length > 1);
}
