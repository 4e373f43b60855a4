import { findConstantImages } from '../../dataset/constant-images';
import type { ImageDataset } from '../../dataset/dataset';
import { countCopiesInTraining, findDuplicateGroups, summarizeDuplicates } from '../../dataset/duplicates';
import { partWithRole } from '../../dataset/spec';
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
      { what: 'images that copy an earlier one', count: summary.removable, of: all },
      { what: 'images of a single grey level', count: findConstantImages(dataset).length, of: all },
      { what: 'groups of exact copies', count: summary.groups, of: null },
      { what: 'groups whose copies have different labels', count: summary.conflicting, of: copied },
      ...leaks(dataset, groups),
    ],
  };
}

/** The images of each other part that have a copy in the training part. */
function leaks(dataset: ImageDataset, groups: Uint32Array): DuplicateCount[] {
  const { parts } = dataset.spec;
  const training = partWithRole(dataset.spec, 'training');
  return parts.flatMap(({ name }, part) => {
    if (part === training || training < 0) return [];
    const what = `${name} images with an exact copy in ${parts[training]!.name}`;
    const count = dataset.usages.filter((usage) => usage === part).length;
    return [{ what, count: countCopiesInTraining(dataset, groups, part), of: { name, count } }];
  });
}
