import type { Evidence } from '../evidence/evidence';
import { decimalsOf } from '../numbers/decimals';
import { countsFor } from '../numbers/interval';
import { parseFigure } from '../numbers/parse-figure';
import { type Discordant, discordantRange, pValues, TESTS } from './mcnemar';

/**
 * Which form of McNemar's test gives the printed p, or between which bounds the accuracies of two systems put it. There are
 * others (mid-p, one-sided), so a p that none gives is told and never a contradiction.
 */
export function observeMcNemar(evidence: Evidence): string[] {
  const { mcnemar } = evidence.claim;
  if (!mcnemar || evidence.aggregation.kind !== 'single') return [];
  const { b, c } = mcnemar;
  return b !== undefined && c !== undefined ? [ofPair(mcnemar.p, { b, c })] : ofAccuracies(evidence);
}

/** What floating point may be off by. */
const ERROR = 1e-10;

interface PrintedP {
  readonly isBelow: boolean;
  readonly value: number;
  /** One unit of its last decimal, as it may be rounded either way. */
  readonly unit: number;
}

function readP(text: string): PrintedP {
  const digits = text.replace(/^[<≤]\s*/, '').trim();
  const unit = 10 ** -decimalsOf(digits);
  return { isBelow: /^[<≤]/.test(text.trim()), value: Number(digits), unit };
}

function isPrinted(p: number, { isBelow, value, unit }: PrintedP): boolean {
  return isBelow ? p < value + ERROR : Math.abs(p - value) < unit + ERROR;
}

function ofPair(text: string, pair: Discordant): string {
  const printed = readP(text);
  const shown = TESTS.map((test) => ({ test, values: pValues(test, pair) }));
  const found = shown.filter(({ values }) => values.some((p) => isPrinted(p, printed)));
  const what = `McNemar's p ${text} for b = ${pair.b}, c = ${pair.c}`;
  if (found.length > 0)
    return `${what} is that of the ${found.map(({ test }) => test).join(', and of the ')}`;
  const all = shown.map(({ test, values }) => `${test} ${values.map(digits).join(' or ') || 'none'}`);
  return `none of the usual forms of the test gives ${what} (${all.join(', ')}); another, such as mid-p, may`;
}

function digits(p: number): string {
  return p < 1e-4 ? p.toExponential(2) : p.toFixed(5);
}

/** Bounds of p: it is smallest where the worse system alone gets nothing right, and largest where it gets most. */
function ofAccuracies({ claim, n, narrowest }: Evidence): string[] {
  const { p, other } = claim.mcnemar!;
  const accuracy = narrowest('accuracy');
  if (other === undefined || n === undefined || !accuracy) return [];
  const { scale = 'fraction', rounding = 'nearest' } = claim;
  const second = countsFor(parseFigure(other, { field: 'mcnemar.other', scale, rounding }).interval, n);
  const first = countsFor(accuracy.interval, n);
  const what = `McNemar's p ${p} of accuracies ${accuracy.text} and ${other} of ${n} items`;
  if (first.from > first.to || second.from > second.to)
    return [`${what}: no count of items has both accuracies`];
  const corners = [
    [first.from, second.to],
    [first.to, second.from],
    [first.from, second.from],
    [first.to, second.to],
  ].flatMap(([x, y]) => discordantRange(x!, y!, n));
  const all = corners.flatMap((pair) => TESTS.flatMap((test) => pValues(test, pair)));
  const isOverlapping = first.from <= second.to && second.from <= first.to;
  const [least, most] = [Math.min(...all), isOverlapping ? 1 : Math.max(...all)];
  const printed = readP(p);
  const isBelow = printed.value + printed.unit < least && !printed.isBelow;
  const isOff = isBelow || (printed.isBelow ? least > printed.value : printed.value - printed.unit > most);
  const range = `between ${digits(least)} and ${digits(most)}, whatever the systems agree in`;
  return [
    isOff
      ? `${what} is none of the usual tests: it would lie ${range}`
      : `${what} is possible: it lies ${range}`,
  ];
}
