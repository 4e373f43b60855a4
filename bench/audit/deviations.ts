// Means over runs or folds with their standard deviations, in whole numbers as far as roots allow.

import type { Claim } from '@ferlab/audit';
import type { RandomStream } from '../../src/random';
import { rootOf } from './agreement';
import { average, type ExactMeasures, measureExactly, type Ratio } from './exact';
import { matricesFor } from './matrices';
import { type Matrix, type Printing, printFigure } from './random-claims';

type Kind = 'sample' | 'population';
const METRICS = ['precision', 'recall', 'f1'] as const;
const DIGITS = 10n ** 40n;

/** The standard deviation of some numbers, to 40 digits. */
export function deviationOf(values: readonly Ratio[], kind: Kind): Ratio {
  const [top, bottom] = average(values);
  const squares = average(
    values.map(([a, b]): Ratio => {
      const difference = a * bottom - top * b;
      return [difference * difference, b * b * bottom * bottom];
    }),
  );
  const count = BigInt(values.length);
  const [over, under] = kind === 'sample' ? [squares[0] * count, squares[1] * (count - 1n)] : squares;
  return [rootOf(over * under * DIGITS * DIGITS), under * DIGITS];
}

/** How the parts' numbers are made figures: as they are, or rounded before the mean is taken. */
type Take = (value: Ratio) => Ratio;

/** Mean and standard deviation of the accuracy and of every figure of a class. */
function withDeviations(matrices: readonly Matrix[], printing: Printing, take: Take): Claim {
  const { random } = printing;
  const kind: Kind = random.uniform() < 0.5 ? 'sample' : 'population';
  const parts = matrices.map((matrix) => measureExactly(matrix));
  const names = matrices[0]!.map((_, i) => `c${i}`);
  const values = (of: (one: ExactMeasures) => Ratio) => parts.map((one) => take(of(one)));
  const table = (make: (values: Ratio[]) => Ratio) =>
    Object.fromEntries(
      METRICS.map((metric) => [
        metric,
        Object.fromEntries(
          names.map((name, i) => [
            name,
            printFigure(make(values((one) => one.classes[metric][i]!)), printing),
          ]),
        ),
      ]),
    );
  const accuracies = values((one) => one.accuracy);
  const spread = (some: Ratio[]) => deviationOf(some, kind);
  return {
    title: 'random',
    ...(printing.percent === 'scale' && { scale: 'percent' as const }),
    classes: names,
    accuracy: printFigure(average(accuracies), printing),
    perClass: table(average),
    deviations: { accuracy: printFigure(spread(accuracies), printing), perClass: table(spread) },
    ...(random.uniform() < 0.5 && { deviationKind: kind }),
  };
}

/** What is known of the items: of runs the same in each, of folds all together. */
function itemsOf(matrices: readonly Matrix[], kind: 'runs' | 'folds', random: RandomStream): Partial<Claim> {
  const whole = kind === 'runs' ? [matrices[0]!] : matrices;
  const counts = matrices[0]!.map((_, i) =>
    whole.reduce((sum, one) => sum + one[i]!.reduce((a, b) => a + b), 0),
  );
  const supports = Object.fromEntries(counts.map((count, i) => [`c${i}`, count]));
  const n = counts.reduce((a, b) => a + b);
  const draw = random.uniform();
  return draw < 0.4 ? { n, supports } : draw < 0.8 ? { n } : {};
}

/** An honest claim of means with standard deviations. */
export function deviationClaim(
  random: RandomStream,
  printing: Printing,
  kind: 'runs' | 'folds',
  take: Take = (value) => value,
): Claim {
  const matrices = matricesFor(random, kind);
  const claim = withDeviations(matrices, printing, take);
  const rounding = random.uniform() < 0.3 ? ('unknown' as const) : printing.rounding;
  const aggregation = { kind, count: matrices.length };
  return { ...claim, ...itemsOf(matrices, kind, random), rounding, aggregation };
}

/** The same of figures that were rounded for each run or fold, and nothing but the rounded ones kept. */
export function roundedParts(random: RandomStream, kind: 'runs' | 'folds'): Claim {
  const decimals = 2 + random.integer(3);
  const printing: Printing = { decimals, rounding: 'nearest', random };
  const unit = 10n ** BigInt(decimals);
  const round: Take = ([top, bottom]) => [(2n * top * unit + bottom) / (2n * bottom), unit];
  const claim = deviationClaim(random, printing, kind, round);
  const { deviations, ...bare } = claim;
  return random.uniform() < 0.3 ? bare : { ...bare, deviations: deviations! };
}
