import { countByClass } from '../../dataset/counts';
import type { ImageDataset } from '../../dataset/dataset';
import { partNames } from '../../dataset/spec';
import { sumOf } from '../../sum';
import { COUNT, PRINTED } from '../columns';
import { PAPER_SAMPLES, PAPER_SAMPLES_TOTAL, paperClasses, paperSamplesSum } from '../paper';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';

interface ClassCounts {
  readonly name: string;
  /** Images in each official part, or in the only one. */
  readonly parts: readonly number[];
  readonly official?: number;
  readonly printed?: string;
}

/**
 * Images of each class in each part, beside the official totals where they are known, and beside the paper's samples
 * column where the data set has the paper's classes: in the paper's order then, under its names.
 */
export function tableClassCounts(dataset: ImageDataset): ReportTable<ClassCounts> {
  const { officialCounts } = dataset.spec;
  const names = partNames(dataset.spec);
  const isOfPaper = paperClasses(dataset.spec.classes).length > 0;
  return {
    title: titledFor('Images of each class and part', dataset),
    columns: [
      column('class', ({ name }) => name),
      ...names.map((part, at) => column<ClassCounts>(part, ({ parts }) => parts[at], COUNT)),
      column<ClassCounts>('all parts', ({ parts }) => sumOf(parts), COUNT),
      ...(officialCounts
        ? [column<ClassCounts>('official, all parts', ({ official }) => official, COUNT)]
        : []),
      ...(isOfPaper ? [column<ClassCounts>('paper: samples', ({ printed }) => printed, PRINTED)] : []),
    ],
    rows: rowsOf(dataset),
    notes: isOfPaper
      ? [
          `The paper's samples column adds up to ${paperSamplesSum().toLocaleString('en')}, not to the ${PAPER_SAMPLES_TOTAL} in its last row.`,
        ]
      : [],
  };
}

function rowsOf(dataset: ImageDataset): ClassCounts[] {
  const { classes, officialCounts } = dataset.spec;
  const counts = countByClass(dataset);
  const ofPaper = paperClasses(classes).map(({ name, label, at }) => ({
    name,
    label,
    printed: PAPER_SAMPLES[at],
  }));
  const rows =
    ofPaper.length > 0 ? ofPaper : classes.map((name, label) => ({ name, label, printed: undefined }));
  return [
    ...rows.map(({ name, label, printed }) => ({
      name,
      parts: counts[label]!,
      official: officialCounts && sumOf(officialCounts[label]!),
      printed,
    })),
    {
      name: 'all',
      parts: counts[0]!.map((_, part) => sumOf(counts.map((ofClass) => ofClass[part]!))),
      official: officialCounts && sumOf(officialCounts.map(sumOf)),
      printed: PAPER_SAMPLES_TOTAL,
    },
  ];
}
