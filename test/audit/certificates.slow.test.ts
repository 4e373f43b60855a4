import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { honestClaim, moveFigure, randomMatrix, toClaim } from '../../bench/audit/random-claims';
import { soundClaim } from '../../bench/audit/shapes';
import type { Reading } from '../../packages/audit/src/claim/reading';
import type { Certificate, ReadingReport } from '../../packages/audit/src/report/report';
import { auditClaim } from '../../src/audit/audit';
import { readClaim } from '../../src/audit/read-claim';
import { randomStream } from '../../src/random';
import { misprints } from './recheck';

/** A copy of the claim without the figure at the path, such as `means.macro.f1`. */
function without(claim: Claim, field: string): Claim {
  const copy = structuredClone(claim) as unknown as Record<string, unknown>;
  const keys = field.split('.');
  const last = keys.pop()!;
  const table = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  assert.ok(last in table, field);
  delete table[last];
  return copy as unknown as Claim;
}

/** The claim with the figures of a certificate and those it compares them with; supports and n stay. */
function onlyFigures(claim: Claim, { figures, others = [] }: Certificate): Claim {
  const kept = new Set([...figures, ...others].map(({ field }) => field));
  const fields = [
    ...(claim.accuracy === undefined ? [] : ['accuracy']),
    ...(['perClass', 'means'] as const).flatMap((part) =>
      Object.entries(claim[part] ?? {}).flatMap(([kind, table]) =>
        Object.keys(table).map((name) => `${part}.${kind}.${name}`),
      ),
    ),
  ];
  return fields.filter((field) => !kept.has(field)).reduce(without, claim);
}

const auditAlone = async (claim: Claim, reading: Reading, timeLimitSeconds: number) =>
  (await auditClaim(claim, { reading, timeLimitSeconds })).readings[0]!;

/**
 * The figures of a certificate contradict each other. When any one of them is left out, its rule no longer finds a
 * contradiction, though another rule, or the search for a matrix, may know one in fewer figures.
 */
async function assertMinimal(claim: Claim, { certificate, checks, reading }: ReadingReport): Promise<void> {
  const { figures, minimality, statement } = certificate!;
  const rule = checks.find(({ certificates }) => certificates.includes(certificate!))!.id;
  const alone = onlyFigures(claim, certificate!);
  assert.equal((await auditAlone(alone, reading, 20)).verdict, 'impossible', statement);
  if (minimality === 'reduced') return;
  for (const { field } of figures) {
    const fewer = await auditAlone(without(alone, field), reading, 1);
    const { verdict } = fewer.checks.find(({ id }) => id === rule) ?? fewer;
    assert.notEqual(verdict, 'impossible', `${field} is superfluous: ${statement}`);
  }
}

test('each figure of the paper that a certificate names is needed', async () => {
  const claim = readClaim(path.join(__dirname, '../../claims/paper.json'));
  const { supports: _, n: __, testShare: ___, ...bare } = claim;
  const { readings } = await auditClaim(bare);
  assert.equal(readings.length, 15);
  for (const reading of readings) {
    assert.equal(reading.verdict, 'impossible');
    await assertMinimal(bare, reading);
  }
});

test('each figure that a certificate of a broken claim names is needed', async () => {
  const kinds = { smallest: 0, irreducible: 0, reduced: 0 };
  for (let index = 0; index < 24; index++) {
    const random = randomStream(7, 'certificates', index);
    const matrix = randomMatrix(random, 3 + random.integer(3), 60 + random.integer(400));
    const claim = toClaim(honestClaim([matrix], { decimals: 3, rounding: 'nearest', random }));
    const broken = breakOne(claim, index, moveFigure(claim.means!.macro!.f1!, random));
    const reading = { macroF1: 'mean of F1s' } as const;
    const report = await auditClaim(broken, { reading, timeLimitSeconds: 1 });
    if (report.verdict !== 'impossible') continue;
    kinds[report.readings[0]!.certificate!.minimality]++;
    await assertMinimal(broken, report.readings[0]!);
  }
  assert.ok(kinds.smallest + kinds.irreducible >= 12, JSON.stringify(kinds));
});

/** Puts a wrong figure in the place of the accuracy, a macro mean, a recall or a precision. */
function breakOne(claim: Claim, index: number, figure: string): Claim {
  const { means, perClass } = claim;
  const first = claim.classes[0]!;
  const half = '0.500';
  switch (index % 4) {
    case 0:
      return { ...claim, accuracy: half };
    case 1:
      return { ...claim, means: { ...means, macro: { ...means!.macro, f1: figure } } };
    case 2:
      return { ...claim, perClass: { ...perClass, recall: { ...perClass!.recall, [first]: half } } };
    default:
      return { ...claim, perClass: { ...perClass, precision: { ...perClass!.precision, [first]: half } } };
  }
}

/** Shapes of one evaluation whose figures the second calculation knows how to make; the checker's own tests have the others. */
const USUAL_SHAPES = [
  ...(['all', 'classes', 'means', 'no supports', 'one-vs-rest', 'rows'] as const),
  ...(['row shares', 'column shares', 'shares of all', 'nothing left out'] as const),
  ...(['agreement', 'agreement alone', 'further figure', 'further figure without supports'] as const),
];

test('a second calculation finds every figure in every witness', async () => {
  let witnesses = 0;
  for (let index = 0; index < 60; index++) {
    const claim = soundClaim(
      randomStream(21, 'witnesses', index),
      USUAL_SHAPES[index % USUAL_SHAPES.length]!,
    );
    const { readings } = await auditClaim(claim, { timeLimitSeconds: 0.3 });
    for (const { witness, reading } of readings) {
      if (!witness) continue;
      witnesses++;
      assert.deepEqual(misprints(claim, witness.matrix, reading), [], `claim ${index}`);
    }
  }
  assert.ok(witnesses >= 25, `${witnesses} witnesses`);
});

test('the second calculation notices a matrix that is not one', () => {
  const random = randomStream(22, 'recheck');
  const matrix = randomMatrix(random, 4, 200);
  const claim = toClaim(honestClaim([matrix], { decimals: 4, rounding: 'truncated', random }));
  assert.deepEqual(misprints(claim, matrix, {}), []);
  const other = matrix.map((row) => [...row]);
  other[0]![0]!--;
  other[0]![1]!++;
  const found = misprints(claim, other, {});
  for (const field of ['accuracy', 'perClass.recall.c0', 'means.macro.recall', 'means.weighted.f1']) {
    assert.ok(found.includes(field), `${field} not among ${found}`);
  }
  other[1]![1]!++;
  assert.ok(misprints(claim, other, {}).includes('supports.c1'));
});
