import type { ImageDataset } from '../../dataset/dataset';
import { findDuplicateGroups } from '../../dataset/duplicates';
import { EMOTIONS } from '../../dataset/emotions';
import { sum } from '../sum';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';

interface LabelPairs {
  readonly label: number;
  /** Pairs of copies that carry this label and each other one; those below the diagonal are 0. */
  readonly pairs: readonly number[];
}

/**
 * How often two exact copies carry each pair of labels: the noise of the labels, as far as copies show it.
 * Counted are pairs of images within a group of copies; rows and columns are classes, the diagonal agrees.
 */
export function tableLabelNoise(dataset: ImageDataset): ReportTable<LabelPairs> {
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
    columns: [
      column('', ({ label }) => EMOTIONS[label]),
      ...EMOTIONS.map((emotion, other) =>
        column<LabelPairs>(emotion, (row) => (other < row.label ? '' : row.pairs[other])),
      ),
    ],
    rows: pairs.map((row, label) => ({ label, pairs: row })),
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
