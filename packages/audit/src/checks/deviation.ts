import type { Evidence } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import { findParts, groupsOf, isWithinReach, type PartFigures, type PartSearch } from '../parts/counts';
import { describeParts } from '../report/describe-parts';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude, undecided } from './check';

/** The mean and the standard deviation of the accuracies of several runs or folds. */
interface Pair {
  readonly mean: Figure;
  readonly deviation: Figure;
  readonly count: number;
}

/** Mean and standard deviation, where both are printed and the number of runs or folds is known. */
export function deviationPair({ aggregation, narrowest }: Evidence): Pair | undefined {
  const [mean, deviation] = [narrowest('accuracy'), narrowest('deviation')];
  const count = aggregation.kind === 'runs' || aggregation.kind === 'folds' ? aggregation.count : 0;
  return mean && deviation && count > 1 ? { mean, deviation, count } : undefined;
}

/** A figure of a class with its standard deviation. */
interface ClassPair extends Pair {
  /** Items of the class, where each run has the same and the figure is a share of them. */
  readonly items: number | undefined;
}

/** The figures of classes that have a standard deviation; only recalls are shares of a number of items that is known. */
function classPairs({ aggregation, figures, narrowest, supports }: Evidence): ClassPair[] {
  const count = aggregation.kind === 'runs' || aggregation.kind === 'folds' ? aggregation.count : 0;
  return figures.flatMap((deviation): ClassPair[] => {
    const [, metric, index] = /^deviation:(\w+):(\d+)$/.exec(deviation.key) ?? [];
    const mean = metric === undefined ? undefined : narrowest(`${metric}:${index}`);
    if (!mean || count < 2) return [];
    const isShare = metric === 'recall' && aggregation.kind === 'runs';
    return [{ mean, deviation, count, items: isShare ? supports?.[Number(index)] : undefined }];
  });
}

function figuresOf({ mean, deviation }: Pair, { claim }: Evidence): PartFigures {
  return { mean: mean.interval, deviation: deviation.interval, kind: claim.deviationKind };
}

/** Correct answers of each run or fold that have the printed mean and standard deviation. */
export function searchParts(evidence: Evidence, pair: Pair): PartSearch {
  const { n, aggregation } = evidence;
  if (n === undefined) return { status: 'open' };
  return findParts(groupsOf(aggregation, n), figuresOf(pair, evidence));
}

export const deviationBound: Check = {
  id: 'deviation-bound',
  title: 'The standard deviation is one of numbers from 0 to 1',
  rule:
    'Numbers from 0 to 1 with mean m have a variance of at most m (1 - m), which they reach when all are 0 or 1. The sample ' +
    'standard deviation divides by k - 1 instead of k.',
  source: 'Bhatia and Davis 2000',
  run(evidence) {
    const overall = deviationPair(evidence);
    const pairs = [...(overall ? [overall] : []), ...classPairs(evidence)];
    const failures = pairs
      .filter((pair) => !isWithinReach(pair.count, figuresOf(pair, evidence)))
      .map(({ mean, deviation, count }) => {
        const statement = `${count} numbers from 0 to 1 with the mean ${mean.text} (${mean.meaning}) can't have a standard deviation of ${deviation.text}`;
        return certificate([mean, deviation], statement);
      });
    return conclude(failures, pairs.length, { ok: 'it may be', missing: MISSING });
  },
};

const MISSING = 'needs a mean, its standard deviation, and the number of runs or folds';

export const deviationCounts: Check = {
  id: 'deviation-counts',
  title: 'Whole numbers of correct answers have the mean and the standard deviation',
  rule:
    'The accuracy of each run or fold is a whole number of its items. The correct answers of all must have a sum that gives the ' +
    'mean, and squares that give the standard deviation; the squares have the parity of the sum. All sums and sums of squares ' +
    'are tried, dividing by k and by k - 1 unless the source says which.',
  source: 'GRIMMER (Anaya 2016), applied to proportions',
  run(evidence) {
    const ofClasses = offRecalls(evidence);
    if (ofClasses.length > 0) return conclude(ofClasses, 1, { ok: '', missing: '' });
    const pair = deviationPair(evidence);
    if (!pair || evidence.n === undefined) return undecided(`${MISSING}, and n`);
    const found = searchParts(evidence, pair);
    if (found.status === 'open') return undecided('too many sums of squares to try');
    const { mean, deviation, count } = pair;
    const statement =
      `no ${count} whole numbers of correct answers (of ${itemsIn(evidence)} items each) have the mean accuracy ` +
      `${mean.text} and the standard deviation ${deviation.text}`;
    const failures = found.status === 'none' ? [certificate([mean, deviation], statement)] : [];
    const ok = found.status === 'found' ? `for one ${describeParts(found.parts)}` : '';
    return conclude(failures, 1, { ok, missing: '' });
  },
};

/** Recalls whose mean and standard deviation no whole numbers of right answers of the class have. */
function offRecalls(evidence: Evidence): Certificate[] {
  return classPairs(evidence).flatMap((pair) => {
    const { mean, deviation, count, items } = pair;
    if (!items || findParts([{ size: items, count }], figuresOf(pair, evidence)).status !== 'none') return [];
    const statement =
      `no ${count} whole numbers of right answers (of ${items} items each) have the mean ${mean.text} (${mean.meaning}) and ` +
      `the standard deviation ${deviation.text}`;
    return [certificate([mean, deviation], statement)];
  });
}

function itemsIn({ aggregation, n }: Evidence): string {
  return groupsOf(aggregation, n!)
    .map(({ size }) => String(size))
    .join(' or ');
}
