import { type ImageDataset, USAGES } from '../../dataset/dataset';
import { PAPER_ROWS } from '../../dataset/emotions';
import { countByClass, OFFICIAL_COUNTS } from '../../dataset/evidence';
import { COUNT, PRINTED } from '../columns';
import { PAPER_SAMPLES, PAPER_SAMPLES_TOTAL, paperSamplesSum } from '../paper';
import { sum } from '../sum';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';

interface ClassCounts {
  readonly name: string;
  /** Images in each part. */
  readonly parts: readonly number[];
  readonly official: number;
  readonly printed: string;
}

/** Images of each class in each part, beside the official totals of FER-2013 and the paper's samples column. */
export function tableClassCounts(dataset: ImageDataset): ReportTable<ClassCounts> {
  const counts = countByClass(dataset);
  return {
    title: titledFor('Images of each class and part', dataset),
    columns: [
      column('emotion', ({ name }) => name),
      ...USAGES.map((usage, part) => column<ClassCounts>(usage, ({ parts }) => parts[part], COUNT)),
      column('all parts', ({ parts }) => sum(parts), COUNT),
      column('official, all parts', ({ official }) => official, COUNT),
      column('paper: samples', ({ printed }) => printed, PRINTED),
    ],
    rows: [
      ...PAPER_ROWS.map(({ name, label }) => ({
        name,
        parts: counts[label]!,
        official: sum(OFFICIAL_COUNTS[label]!),
        printed: PAPER_SAMPLES[label]!,
      })),
      {
        name: 'all',
        parts: USAGES.map((_, part) => sum(counts.map((ofClass) => ofClass[part]!))),
        official: sum(OFFICIAL_COUNTS.map(sum)),
        printed: PAPER_SAMPLES_TOTAL,
      },
    ],
    notes: [
      `The paper's samples add up to ${paperSamplesSum().toLocaleString('en')}, not to the ${PAPER_SAMPLES_TOTAL} of its last row.`,
    ],
  };
}
