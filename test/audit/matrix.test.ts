import assert from 'node:assert/strict';
import { test } from 'node:test';
import loadHighs from 'highs';
import { buildClassTable, isEmptyTable } from '../../packages/audit/src/matrix/class-table';
import { deadlineIn } from '../../packages/audit/src/matrix/deadline';
import { buildPairModel } from '../../packages/audit/src/matrix/pair-model';
import type { MatrixProblem } from '../../packages/audit/src/matrix/problem';
import { buildTables, propagate } from '../../packages/audit/src/matrix/propagate';
import { refutes } from '../../packages/audit/src/matrix/refutation';
import { relax } from '../../packages/audit/src/matrix/relaxation';
import { solveMatrix } from '../../packages/audit/src/matrix/solve';
import { Proposer } from '../../packages/audit/src/matrix/solver';
import { isWitness, layOut, measures } from '../../packages/audit/src/matrix/witness';
import { Fraction } from '../../packages/audit/src/numbers/fraction';
import { affine, closed } from '../../packages/audit/src/numbers/interval';
import { auditClaim } from '../../src/audit/audit';
import { type RandomStream, randomStream } from '../../src/random';

/** All K x K matrices with the given row sums. */
function* matricesWith(supports: readonly number[]): Generator<number[][]> {
  const rows = supports.map((count) => [...compositions(count, supports.length)]);
  const pick = function* (index: number): Generator<number[][]> {
    if (index === rows.length) return yield [];
    for (const row of rows[index]!) for (const rest of pick(index + 1)) yield [row, ...rest];
  };
  yield* pick(0);
}

function* compositions(total: number, parts: number): Generator<number[]> {
  if (parts === 1) return yield [total];
  for (let first = 0; first <= total; first++) {
    for (const rest of compositions(total - first, parts - 1)) yield [first, ...rest];
  }
}

const columns = (matrix: number[][]) => matrix.map((_, j) => matrix.reduce((sum, row) => sum + row[j]!, 0));
const diagonal = (matrix: number[][]) => matrix.map((row, i) => row[i]!);

test('a matrix is laid out for just those diagonals and column sums that some matrix has', () => {
  for (const supports of [
    [3, 2, 2],
    [2, 1, 3],
    [4, 1, 1],
    [3, 3],
  ]) {
    const existing = new Set<string>();
    for (const matrix of matricesWith(supports)) existing.add(`${diagonal(matrix)}|${columns(matrix)}`);
    const total = supports.reduce((a, b) => a + b);
    const diagonals = supports.reduce<number[][]>(
      (all, count) => all.flatMap((head) => Array.from({ length: count + 1 }, (_, t) => [...head, t])),
      [[]],
    );
    for (const truePositives of diagonals) {
      for (const predictions of compositions(total, supports.length)) {
        const found = layOut(supports, { truePositives, predictions });
        const exists = existing.has(`${truePositives}|${predictions}`);
        assert.equal(found !== undefined, exists, `${supports}: ${truePositives} and ${predictions}`);
        if (!found) continue;
        assert.deepEqual(diagonal(found), truePositives);
        assert.deepEqual(columns(found), predictions);
        assert.ok(found.flat().every((count) => count >= 0));
      }
    }
  }
});

test('measures agree with a report worked out by hand', () => {
  // scikit-learn's example: truth 0 1 2 2 2, predicted 0 0 2 2 1
  const found = measures([1, 1, 3], { truePositives: [1, 0, 2], predictions: [2, 1, 2] });
  assert.equal(found.accuracy.toFraction(), '3/5');
  assert.deepEqual(
    found.classes.map(({ precision, recall, f1 }) =>
      [precision, recall, f1].map((value) => value.toFraction()),
    ),
    [
      ['1/2', '1', '2/3'],
      ['0', '0', '0'],
      ['1', '2/3', '4/5'],
    ],
  );
  assert.equal(found.means.macroF1.toFraction(), '22/45');
  assert.equal(found.means.weightedPrecision.toFraction(), '7/10');
  assert.equal(found.means.f1OfMeans.toFraction(), '10/19');
});

/** A small problem with random, rather narrow intervals. */
function randomProblem(random: RandomStream): MatrixProblem {
  const supports = Array.from({ length: 2 + random.integer(2) }, () => 1 + random.integer(3));
  const n = supports.reduce((a, b) => a + b);
  const interval = () => {
    const lo = random.integer(9);
    return closed(new Fraction(lo, 10), new Fraction(Math.min(10, lo + 1 + random.integer(4)), 10));
  };
  const maybe = (chance: number) => (random.uniform() < chance ? interval() : undefined);
  const signed = (chance: number) => {
    const found = maybe(chance);
    return found && affine(found, new Fraction(2), new Fraction(-1));
  };
  const strip = <T extends object>(value: T) =>
    Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
  const from = random.integer(n);
  return {
    supports,
    n,
    correct: random.uniform() < 0.5 ? { from, to: Math.min(n, from + 1) } : { from: 0, to: n },
    classes: supports.map(() =>
      strip({ recall: maybe(0.3), precision: maybe(0.3), f1: maybe(0.3), ovr: maybe(0.1) }),
    ),
    means: strip({
      macroRecall: maybe(0.3),
      macroPrecision: maybe(0.3),
      macroF1: maybe(0.3),
      weightedPrecision: maybe(0.2),
      weightedF1: maybe(0.2),
      f1OfMeans: maybe(0.2),
    }),
    agreement: strip({ kappa: signed(0.12), mcc: signed(0.12) }),
    cells: undefined,
    isPartial: false,
  } as MatrixProblem;
}

test('on small problems the verdict agrees with trying every matrix', async () => {
  const proposer = new Proposer(loadHighs);
  const tally = { witness: 0, none: 0, open: 0 };
  for (let index = 0; index < 200; index++) {
    const problem = randomProblem(randomStream(3, 'brute force', index));
    let exists = false;
    for (const matrix of matricesWith(problem.supports)) {
      if (!isWitness(problem, matrix)) continue;
      exists = true;
      break;
    }
    const solution = await solveMatrix(problem, proposer, deadlineIn(20));
    tally[solution.status]++;
    if (solution.status !== 'open') assert.equal(solution.status === 'witness', exists, `problem ${index}`);
    if (solution.status === 'witness') assert.ok(isWitness(problem, solution.matrix));
  }
  assert.ok(tally.witness > 20 && tally.none > 20 && tally.open === 0, JSON.stringify(tally));
});

test('multipliers prove nothing unless they add up in whole numbers', () => {
  const half = closed(new Fraction(49, 100), new Fraction(1, 2));
  const problem: MatrixProblem = {
    supports: [10, 10, 10],
    n: 30,
    correct: { from: 18, to: 18 },
    classes: [{}, {}, {}],
    means: { macroRecall: half },
    agreement: {},
    cells: undefined,
    isPartial: false,
  };
  const model = buildPairModel(problem, propagate(problem, buildTables(problem))!);
  // With equal supports the sum of recalls is a tenth of the correct answers: 1.8 of them, but at most 1.5 allowed.
  const scale = 2n ** 31n;
  assert.equal(refutes(model, [0n, -scale, 10n]), true);
  assert.equal(refutes(model, [0n, scale, -10n]), false);
  assert.equal(refutes(model, [0n, 0n, 0n]), false);
});

test('wrong answers about a class are among all wrong answers', async () => {
  // Recall 1.00 of 100 items is 100 of them, precision .70 then 142 or 143 predictions: 42 false positives or more.
  const constraints = {
    recall: closed(new Fraction(995, 1000), new Fraction(1)),
    precision: closed(new Fraction(695, 1000), new Fraction(705, 1000)),
  };
  const table = (correct: number) => buildClassTable(constraints, { support: 100, n: 300, correct });
  assert.deepEqual(table(258), { truePositives: [100], fewest: [142], most: [142] });
  assert.equal(isEmptyTable(table(259)), true);
  const supports = { a: 100, b: 100, c: 100 };
  const perClass = { recall: { a: '1.00' }, precision: { a: '0.70' } };
  const claim = { title: 't', classes: ['a', 'b', 'c'], supports, perClass };
  assert.equal((await auditClaim({ ...claim, accuracy: '0.860' })).verdict, 'consistent');
  assert.equal((await auditClaim({ ...claim, accuracy: '0.863' })).verdict, 'impossible');
});

test('a narrow contradiction is proven by pairs that are not among the first ones', async () => {
  const proposer = new Proposer(loadHighs);
  // 108 of 180 right: the macro F1 is largest where the largest class has what is wrong.
  const proves = async (least: number) => {
    const problem: MatrixProblem = {
      supports: [40, 60, 80],
      n: 180,
      correct: { from: 108, to: 108 },
      classes: [{}, {}, {}],
      means: { macroF1: closed(new Fraction(least, 1000), new Fraction(1)) },
      agreement: {},
      cells: undefined,
      isPartial: false,
    };
    const model = buildPairModel(problem, propagate(problem, buildTables(problem))!);
    const { multipliers, start } = await relax(model, proposer, deadlineIn(20));
    assert.equal(multipliers === undefined, start !== undefined);
    return multipliers !== undefined && refutes(model, multipliers);
  };
  assert.equal(await proves(685), true);
  assert.equal(await proves(500), false);
});
