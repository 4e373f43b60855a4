import type { Claim } from '@ferlab/audit';
import type { Evaluation } from '../evaluate/evaluation';

/**
 * Our own numbers as a claim, so that they are audited like anyone's: every metric of an evaluation printed with the
 * same number of decimals, and the counts of its confusion matrix.
 * @param options.decimals of each figure, as the tables print them
 * @param options.classes by label
 */
export function claimFromEvaluation(
  { metrics, confusion, count }: Pick<Evaluation, 'metrics' | 'confusion' | 'count'>,
  { title, decimals = 3, classes }: { title: string; decimals?: number; classes: readonly string[] },
): Claim {
  const figure = (value: number) => value.toFixed(decimals);
  const byClass = (metric: 'precision' | 'recall' | 'f1' | 'oneVsRestAccuracy') =>
    Object.fromEntries(classes.map((name, i) => [name, figure(metrics.perClass[i]![metric])]));
  const mean = ({ precision, recall, f1 }: { precision: number; recall: number; f1: number }) => ({
    precision: figure(precision),
    recall: figure(recall),
    f1: figure(f1),
  });
  return {
    title,
    classes,
    n: count,
    supports: Object.fromEntries(classes.map((name, i) => [name, metrics.perClass[i]!.support])),
    accuracy: figure(metrics.accuracy),
    perClass: {
      accuracy: byClass('oneVsRestAccuracy'),
      precision: byClass('precision'),
      recall: byClass('recall'),
      f1: byClass('f1'),
    },
    means: { macro: mean(metrics.macro), weighted: mean(metrics.weighted) },
    confusion: {
      normalised: 'counts',
      rows: Object.fromEntries(classes.map((name, i) => [name, confusion[i]!])),
    },
  };
}
