import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SHAPES, soundClaim } from '../../bench/audit/shapes';
import { auditClaim } from '../../src/audit/audit';
import { randomStream } from '../../src/random';

test('no honest claim of 500 is called impossible', async () => {
  for (let index = 0; index < 500; index++) {
    const claim = soundClaim(randomStream(12, 'soundness', index), SHAPES[index % SHAPES.length]!);
    const report = await auditClaim(claim, { timeLimitSeconds: 0.25 });
    assert.notEqual(
      report.verdict,
      'impossible',
      `claim ${index}: ${report.readings[0]?.certificate?.statement}`,
    );
  }
});
