import { type Deadline, isPast } from './deadline';
import type { PairModel } from './pair-model';
import type { Totals } from './totals';

/** For each class, the numbers of the pairs that are still possible. */
type Domains = readonly (readonly number[])[];

/** Most branches before the search gives up. */
const MAX_BRANCHES = 30_000;

/** What exhaustive search says; `none` is a proof, for every branch was closed by a bound in whole numbers. */
export type Enumeration = { readonly totals: Totals } | 'none' | 'unfinished';

/**
 * Searches all choices of one pair for each class, closing branches by bounds: a pair stays only if for every sum it
 * can be completed by the other classes' least and most into the range of the sum.
 * @param accepts decides a full choice exactly
 */
export function enumerate(
  model: PairModel,
  accepts: (totals: Totals) => boolean,
  deadline: Deadline,
): Enumeration {
  const start = model.classes.map((pairs) => Array.from(pairs.truePositives, (_, pair) => pair));
  const stack: Domains[] = [start];
  for (let branches = 0; stack.length; branches++) {
    if (branches > MAX_BRANCHES || isPast(deadline)) return 'unfinished';
    const domains = filterDomains(model, stack.pop()!);
    if (!domains) continue;
    const open = smallestOpen(domains);
    if (open === undefined) {
      const totals = readTotals(model, domains);
      if (accepts(totals)) return { totals };
      continue;
    }
    const middle = domains[open]!.length >> 1;
    const halves = [domains[open]!.slice(0, middle), domains[open]!.slice(middle)];
    for (const half of halves) stack.push(domains.map((domain, i) => (i === open ? half : domain)));
  }
  return 'none';
}

function smallestOpen(domains: Domains): number | undefined {
  let best: number | undefined;
  domains.forEach((domain, i) => {
    if (domain.length > 1 && (best === undefined || domain.length < domains[best]!.length)) best = i;
  });
  return best;
}

function readTotals(model: PairModel, domains: Domains): Totals {
  return {
    truePositives: domains.map(([pair], i) => model.classes[i]!.truePositives[pair!]!),
    predictions: domains.map(([pair], i) => model.classes[i]!.predictions[pair!]!),
  };
}

/** Drops pairs that no choice in the other classes can complete; undefined when a class has none left. */
function filterDomains(model: PairModel, start: Domains): Domains | undefined {
  let domains = start;
  for (let changed = true; changed; ) {
    changed = false;
    for (let sum = 0; sum < model.targets.length; sum++) {
      const narrowed = filterBySum(model, domains, sum);
      if (!narrowed) return undefined;
      changed ||= narrowed !== domains;
      domains = narrowed;
    }
    const roomy = filterByRoom(model, domains);
    if (!roomy || !f1OfMeansReachable(model, roomy)) return undefined;
    changed ||= roomy !== domains;
    domains = roomy;
  }
  return domains;
}

/** Least and most that each class can add to a sum, and their totals. */
function spans(model: PairModel, domains: Domains, sum: number) {
  let [totalLeast, totalMost] = [0, 0];
  const ends = domains.map((domain, i) => {
    const { least, most } = model.classes[i]!;
    let [lo, hi] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const pair of domain) {
      if (least[sum]![pair]! < lo) lo = least[sum]![pair]!;
      if (most[sum]![pair]! > hi) hi = most[sum]![pair]!;
    }
    totalLeast += lo;
    totalMost += hi;
    return { lo, hi };
  });
  return { ends, totalLeast, totalMost };
}

function filterBySum(model: PairModel, domains: Domains, sum: number): Domains | undefined {
  const { from, to } = model.targets[sum]!;
  const { ends, totalLeast, totalMost } = spans(model, domains, sum);
  if (totalLeast > to || totalMost < from) return undefined;
  if (totalLeast >= from && totalMost <= to) return domains;
  let changed = false;
  const next = domains.map((domain, i) => {
    const { least, most } = model.classes[i]!;
    const [mostAllowed, leastNeeded] = [to - (totalLeast - ends[i]!.lo), from - (totalMost - ends[i]!.hi)];
    const kept = domain.filter(
      (pair) => least[sum]![pair]! <= mostAllowed && most[sum]![pair]! >= leastNeeded,
    );
    if (kept.length < domain.length) changed = true;
    return kept;
  });
  if (next.some((domain) => domain.length === 0)) return undefined;
  return changed ? next : domains;
}

/** The wrong answers of a class, missed and claimed, are at most all wrong answers: n + p - 2t <= N - sum t. */
function filterByRoom(model: PairModel, domains: Domains): Domains | undefined {
  const correct = Math.max(model.targets[1]!.from, spans(model, domains, 1).totalLeast);
  const room = model.n - correct;
  let changed = false;
  const next = domains.map((domain, i) => {
    const { truePositives, predictions } = model.classes[i]!;
    const fits = (pair: number) => model.supports[i]! + predictions[pair]! - 2 * truePositives[pair]! <= room;
    if (domain.every(fits)) return domain;
    changed = true;
    return domain.filter(fits);
  });
  if (next.some((domain) => domain.length === 0)) return undefined;
  return changed ? next : domains;
}

/** F1 of the means grows with both means, so the ends of their sums bound it. */
function f1OfMeansReachable(model: PairModel, domains: Domains): boolean {
  if (!model.f1OfMeans) return true;
  const recall = spans(model, domains, 2);
  const precision = spans(model, domains, 3);
  const { lo, hi } = model.f1OfMeans;
  const scale = 2n ** 31n * BigInt(domains.length);
  // 2RP / (R + P) with R = r / scale compared with a / b: 2 r p b against a (r + p) scale.
  const compare = (r: number, p: number, bound: typeof lo) => {
    const [left, right] = [2n * BigInt(r) * BigInt(p) * bound.d, bound.n * (BigInt(r) + BigInt(p)) * scale];
    return left < right ? -1 : left > right ? 1 : 0;
  };
  return (
    compare(recall.totalMost, precision.totalMost, lo) >= 0 &&
    compare(recall.totalLeast, precision.totalLeast, hi) <= 0
  );
}
