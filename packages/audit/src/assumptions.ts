import { type AgreementMeasure, type Claim, entryOf } from './claim/claim';
import { changeField } from './repair/fields';

/** What an audit takes for granted, and the same claim without it. */
export interface Assumption {
  /** What would make the claim possible, such as `truncated`, for `impossible ..., possible if ...`. */
  readonly words: string;
  readonly claim: Claim;
  /** Something printed is no longer compared, so that a matrix for the rest shows nothing about it. */
  readonly isPartial?: boolean;
  /** Assumptions of one kind differ in a number only. */
  readonly kind?: string;
}

/** Numbers of runs that means are tried over. */
const RUNS = [2, 3, 4, 5, 10];

/** Claims with one assumption changed, the mildest first. They don't change a verdict; they explain it. */
export function otherAssumptions(claim: Claim): Assumption[] {
  const rounding = claim.rounding ?? 'nearest';
  const single = (claim.aggregation?.kind ?? 'single') === 'single';
  const found: Assumption[] = [];
  const add = (words: string, change: Partial<Claim>) =>
    found.push({ words, claim: { ...claim, ...change } });
  if (rounding === 'nearest') {
    add('the figures are truncated', { rounding: 'truncated' });
    add('they are rounded up', { rounding: 'up' });
    add('some are truncated and some rounded up', { rounding: 'unknown' });
  }
  found.push(...otherAgreement(claim));
  if (claim.auc !== undefined) {
    const words = 'the area under the ROC curve is of other scores than those that give the answers';
    found.push({ words, claim: changeField(claim, 'auc', undefined), isPartial: true });
  }
  if (claim.gMean !== undefined) {
    const words = 'the G-mean is another, such as that of precision and recall or a mean over the classes';
    found.push({ words, claim: changeField(claim, 'gMean', undefined), isPartial: true });
  }
  if (claim.deviations) {
    const { deviations: _, ...bare } = claim;
    const words = 'the standard deviation is something else, such as a standard error';
    found.push({ words, claim: bare, isPartial: true });
  }
  if (single && !claim.confusion) {
    for (const count of RUNS)
      found.push({
        words: `they are means over ${count} runs`,
        claim: { ...claim, aggregation: { kind: 'runs', count } },
        kind: 'runs',
      });
  }
  if (claim.supports) {
    const { supports: _, n: __, testShare: ___, ...rest } = claim;
    found.push({ words: 'the printed supports are set aside', claim: rest });
  }
  if (claim.confusion) add('the rows of the matrix are the predicted classes', transposed(claim));
  if (claim.labels !== 'several') {
    add('items may have several labels, or classes are left out', { labels: 'several' });
  }
  return found;
}

/** Of two classes there is but one kappa and one correlation; of more, programs offer others. */
function otherAgreement(claim: Claim): Assumption[] {
  const { agreement: { kappa, mcc } = {}, classes } = claim;
  if (classes.length === 2) return [];
  const without = (measure: AgreementMeasure) =>
    ({ claim: changeField(claim, `agreement.${measure}`, undefined), isPartial: true }) as const;
  return [
    ...(kappa === undefined
      ? []
      : [{ words: 'kappa is weighted by the distance of classes', ...without('kappa') }]),
    ...(mcc === undefined
      ? []
      : [{ words: "Matthews' correlation is a mean over the classes", ...without('mcc') }]),
  ];
}

/** The claim with rows and columns of its matrix exchanged. */
function transposed(claim: Claim): Partial<Claim> {
  const { rows, normalised } = claim.confusion!;
  const side = { rows: 'columns', columns: 'rows', counts: 'counts', all: 'all' } as const;
  const turned = claim.classes.map((name, i) => [
    name,
    claim.classes.map((other) => entryOf(rows, other)?.[i] ?? null),
  ]);
  return { confusion: { normalised: side[normalised], rows: Object.fromEntries(turned) } };
}

function classesAre({ classes }: Claim): string {
  return classes.length === 0 ? 'the classes are not named' : `the ${classes.length} classes are all`;
}

/** What the audit takes for granted, in words. */
export function assumed(claim: Claim): string[] {
  const roundings = {
    nearest: 'rounded to nearest',
    truncated: 'truncated',
    up: 'rounded up',
    unknown: 'shortened in an unknown way',
  };
  const { aggregation = { kind: 'single' } } = claim;
  const means = {
    single: 'of one evaluation',
    runs: 'means over runs on the same items',
    folds: 'means over folds whose sizes differ by at most one',
    batches: 'means over batches',
    unknown: 'means over several evaluations',
  };
  const words = [
    `figures are ${roundings[claim.rounding ?? 'nearest']} and ${means[aggregation.kind]}`,
    claim.labels === 'several'
      ? 'an item may have several labels, so no confusion matrix is asked for'
      : `${classesAre(claim)}, and every item has one label and one answer`,
  ];
  if (claim.deviations)
    words.push(
      claim.deviationKind
        ? `the standard deviation is that of the ${claim.deviationKind}`
        : 'the standard deviation divides by the number of runs or folds, or by one less',
    );
  if (claim.auc !== undefined)
    words.push('the area under the ROC curve is that of the scores whose threshold gives the answers');
  if (claim.gMean !== undefined) words.push('the G-mean is the geometric mean of the recalls of all classes');
  if (claim.agreement?.kappa !== undefined) words.push('kappa is not weighted');
  if (claim.agreement?.mcc !== undefined && claim.classes.length !== 2)
    words.push("Matthews' correlation is that of all classes together");
  if (claim.n !== undefined) words.push(`n = ${claim.n}`);
  if (claim.part) words.push(`the items are those of ${claim.part}`);
  return words;
}
