import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseClaim } from '@ferlab/audit';
import { auditClaim } from '../../src/audit/audit';

const text = readFileSync(path.join(__dirname, '../../claims/README.md'), 'utf8');

/** The claims of the page, each with what the page says of it: the verdict, and words of the report. */
const examples = [...text.matchAll(/```json\n(.*?)```\n\n(?:\*(.*?)\*([^\n]*))?/gs)].map(
  ([, json, verdict, more]) => ({
    claim: parseClaim(json!),
    verdict: verdict?.replace(/ as printed$/, ''),
    quoted: /\*(is that of [^*]*)\*/.exec(more ?? '')?.[1],
  }),
);

test('what the page on claims says of its examples is what an audit says', async () => {
  assert.ok(examples.length >= 7, `${examples.length} examples`);
  for (const { claim, verdict = 'consistent', quoted } of examples) {
    const report = await auditClaim(claim);
    assert.equal(report.verdict, verdict, claim.title);
    if (quoted)
      assert.ok(
        report.observations.some((line) => line.endsWith(quoted)),
        `${claim.title}: ${quoted}`,
      );
  }
});
