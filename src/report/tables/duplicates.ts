import type { ImageDataset } from '../../dataset/dataset';
import { type DuplicateSummary, findDuplicateGroups, summarizeDuplicates } from '../../dataset/duplicates';
import { COUNT } from '../columns';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';

const ROWS: readonly (readonly [keyof DuplicateSummary, string])[] = [
  ['images', 'images'],
  ['distinct', 'distinct images'],
  ['removable', 'images that are a copy of an earlier one'],
  ['groups', 'groups of exact copies'],
  ['conflicting', 'groups whose copies carry different labels'],
  ['publicTestInTraining', 'PublicTest images with an exact copy in Training'],
  ['privateTestInTraining', 'PrivateTest images with an exact copy in Training'],
];

interface DuplicateCount {
  readonly what: string;
  readonly count: number;
  /** Of all images; null where something else is counted. */
  readonly share: number | null;
}

/** How many images are exact copies of others, and how many copies lie across the parts. */
export function tableDuplicates(dataset: ImageDataset): ReportTable<DuplicateCount> {
  const summary = summarizeDuplicates(dataset, findDuplicateGroups(dataset));
  return {
    title: titledFor('Exact copies', dataset),
    columns: [
      column('what', ({ what }) => what),
      column('count', ({ count }) => count, COUNT),
      column('share of all images', ({ share }) => (share === null ? '' : `${(100 * share).toFixed(2)} %`)),
    ],
    rows: ROWS.map(([key, what]) => {
      const isImages = key !== 'groups' && key !== 'conflicting';
      return { what, count: summary[key], share: isImages ? summary[key] / dataset.count : null };
    }),
  };
}
