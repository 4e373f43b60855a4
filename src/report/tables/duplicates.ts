import { findConstantImages } from '../../dataset/constant-images';
import type { ImageDataset } from '../../dataset/dataset';
import { findDuplicateGroups, summarizeDuplicates } from '../../dataset/duplicates';
import { partNames, partWithRole } from '../../dataset/spec';
import { COUNT, PERCENT, percent } from '../columns';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';

interface DuplicateCount {
  readonly what: string;
  readonly count: number;
  /** What the count is a share of: its name and its size; null for what is counted whole. */
  readonly of: { readonly name: string; readonly count: number } | null;
}

/** How many images are exact copies of others, and how many of each part have a copy in the training part. */
export function tableDuplicates(dataset: ImageDataset): ReportTable<DuplicateCount> {
  const groups = findDuplicateGroups(dataset);
  const summary = summarizeDuplicates(dataset, groups);
  const all = { name: 'all images', count: summary.images };
  const copied = { name: 'groups of exact copies', count: summary.groups };
  return {
    title: titledFor('Exact copies', dataset),
    columns: [
      column('what', ({ what }) => what),
      column('count', ({ count }) => count, COUNT),
      column('share, %', ({ count, of }) => of && percent(count / of.count), PERCENT),
      column('of', ({ of }) => of?.name),
    ],
    rows: [
      { what: 'images', count: summary.images, of: null },
      { what: 'distinct images', count: summary.distinct, of: all },
      { what: 'images that are copies of an earlier one', count: summary.removable, of: all },
      { what: 'images with a single grey level', count: findConstantImages(dataset).length, of: all },
      { what: 'groups of exact copies', count: summary.groups, of: null },
      { what: 'groups whose copies have different labels', count: summary.conflicting, of: copied },
      ...leaks(dataset, summary.inTraining),
    ],
  };
}

/** The images of each other part that have a copy in the training part. */
function leaks(dataset: ImageDataset, inTraining: Readonly<Record<string, number>>): DuplicateCount[] {
  const { spec, usages } = dataset;
  const training = spec.parts[partWithRole(spec, 'training')];
  if (!training) return [];
  return Object.entries(inTraining).map(([name, copies]) => {
    const part = partNames(spec).indexOf(name);
    const of = { name, count: usages.filter((usage) => usage === part).length };
    return { what: `${name} images with an exact copy in ${training.name}`, count: copies, of };
  });
}
