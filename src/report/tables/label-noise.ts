import { findConstantImages } from '../../dataset/constant-images';
import type { ImageDataset } from '../../dataset/dataset';
import { findDuplicateGroups } from '../../dataset/duplicates';
import { sumOf } from '../../sum';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';

interface LabelPairs {
  readonly label: number;
  /** Pairs of copies that carry this label and each other one; those below the diagonal are 0. */
  readonly pairs: readonly number[];
}

/**
 * How often two exact copies carry each pair of labels: label noise as far as copies show it. Each pair of images
 * within a group of copies counts once; rows and columns are classes, and the diagonal agrees.
 */
export function tableLabelNoise(dataset: ImageDataset): ReportTable<LabelPairs> {
  const { classes } = dataset.spec;
  const groups = findDuplicateGroups(dataset);
  const pairs = countPairs(dataset, groups);
  return {
    title: titledFor('Labels of pairs of exact copies', dataset),
    columns: [
      column('', ({ label }) => classes[label]),
      ...classes.map((name, other) =>
        column<LabelPairs>(name, (row) => (other < row.label ? '' : row.pairs[other])),
      ),
    ],
    rows: pairs.map((row, label) => ({ label, pairs: row })),
    notes: agreementNotes(pairs, countPairs(dataset, groups, findConstantImages(dataset))),
  };
}

type PairCounts = readonly (readonly number[])[];

/** Pairs of copies by their two labels, the smaller label first. @param only these rows, unless all are wanted */
function countPairs(dataset: ImageDataset, groups: Uint32Array, only?: readonly number[]): PairCounts {
  const pairs = dataset.spec.classes.map((_, __, classes) => classes.map(() => 0));
  const rows = only ?? [...groups.keys()];
  const labels = new Map<number, number[]>();
  for (const row of rows) {
    const label = dataset.labels[row]!;
    const earlier = labels.get(groups[row]!) ?? [];
    for (const other of earlier) pairs[Math.min(label, other)]![Math.max(label, other)]!++;
    labels.set(groups[row]!, [...earlier, label]);
  }
  return pairs;
}

/** @param constant the pairs among images of a single grey level */
function agreementNotes(pairs: PairCounts, constant: PairCounts): string[] {
  const [total, blank] = [pairs, constant].map((counts) => sumOf(counts.map(sumOf))) as [number, number];
  const [agreeing, blankAgreeing] = [pairs, constant].map((counts) =>
    sumOf(counts.map((row, label) => row[label]!)),
  ) as [number, number];
  if (total === 0) return ['There are no exact copies.'];
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const count = (value: number) => value.toLocaleString('en');
  return [
    `The labels agree in ${share(agreeing, total)} of ${count(total)} pairs of exact copies.`,
    ...(blank > 0
      ? [
          `Images with a single grey level show no face. They account for ${count(blank)} of the pairs and ${count(blank - blankAgreeing)} of the ${count(total - agreeing)} conflicts. Without them ${share(agreeing - blankAgreeing, total - blank)} of ${count(total - blank)} pairs agree.`,
        ]
      : []),
  ];
}
