import { type CorrectedDifference, formatP, PAIRED_NOTE } from '../../evaluate/paired';
import { PERCENT, POINTS, percent, percents } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';

/** A classifier beside the one that it is compared with, on the same images. */
export interface Comparison {
  readonly name: string;
  readonly reference: string;
  readonly difference: CorrectedDifference;
}

/** By how much classifiers differ from another one on the same images, and how sure that is. */
export function tableComparisons(
  comparisons: readonly Comparison[],
  data: { readonly isSynthetic: boolean },
): ReportTable<Comparison> {
  return {
    title: titled('Differences in accuracy on the same test images', data),
    columns: [
      column('Model', ({ name }) => name),
      column('Compared with', ({ reference }) => reference),
      column('Difference, points', ({ difference }) => percent(difference.difference), POINTS),
      column('95 % interval', ({ difference }) => percents(difference.interval), PERCENT),
      column('p', ({ difference }) => formatP(difference.p)),
      column('Simultaneous interval', ({ difference }) => percents(difference.simultaneousInterval), PERCENT),
      column('p, corrected', ({ difference }) => formatP(difference.correctedP)),
    ],
    rows: comparisons,
    notes: [
      PAIRED_NOTE,
      `The last two columns are corrected for ${comparisons.length} ${comparisons.length === 1 ? 'comparison' : 'comparisons'}: simultaneous intervals by Bonferroni, p by Holm.`,
      'Overlapping intervals of two models, or a difference smaller than the spread over seeds, do not show that the models are equal. Compare models on the same images, as here.',
    ],
  };
}
