import assert from 'node:assert/strict';
import { test } from 'node:test';
import { honestClaim, moveFigure, randomMatrix, toClaim } from '../../bench/audit/random-claims';
import { SHAPES, soundClaim } from '../../bench/audit/shapes';
import { auditClaim } from '../../src/audit/audit';
import { randomStream } from '../../src/random';

test('no honest claim is called impossible, whatever is printed and however it is rounded', async () => {
  for (let index = 0; index < 32; index++) {
    const claim = soundClaim(randomStream(11, 'soundness', index), SHAPES[index % SHAPES.length]!);
    const report = await auditClaim(claim, { timeLimitSeconds: 0.05 });
    assert.notEqual(
      report.verdict,
      'impossible',
      `claim ${index}: ${report.readings[0]?.certificate?.statement}`,
    );
  }
});

test('honest claims with all figures get a witness, the same with one figure moved are mostly caught', async () => {
  let caught = 0;
  for (let index = 0; index < 8; index++) {
    const random = randomStream(5, 'moved', index);
    const honest = toClaim(
      honestClaim([randomMatrix(random, 7, 3589)], { decimals: 4, rounding: 'nearest', random }),
    );
    const options = { timeLimitSeconds: 60, reading: { macroF1: 'mean of F1s' } } as const;
    const first = await auditClaim(honest, options);
    assert.equal(first.verdict, 'consistent');
    const moved = { ...honest, means: { ...honest.means, weighted: { ...honest.means!.weighted } } };
    moved.means.weighted.f1 = moveFigure(moved.means.weighted.f1!, random);
    if ((await auditClaim(moved, options)).verdict === 'impossible') caught++;
  }
  assert.ok(caught >= 6, `${caught} of 8`);
});

test('twenty classes and 40,000 items are decided, and end where they can not be', async () => {
  const random = randomStream(2, 'large');
  const claim = toClaim(
    honestClaim([randomMatrix(random, 20, 40_000)], { decimals: 2, rounding: 'nearest', random }),
  );
  const reading = { macroF1: 'mean of F1s' } as const;
  const all = await auditClaim(claim, { reading, timeLimitSeconds: 200 });
  assert.equal(all.verdict, 'consistent');
  const { perClass: _, ...means } = claim;
  assert.notEqual((await auditClaim(means, { timeLimitSeconds: 1 })).verdict, 'impossible');
});
