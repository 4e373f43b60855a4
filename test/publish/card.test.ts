import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadResults } from '../../src/evaluate/results';
import { modelCard } from '../../src/publish/card/card';
import { openNetworkRun } from '../../src/run/open-run';
import type { NetworkRecord } from '../../src/run/record';
import { writeFakeRun } from '../report/fake-run';
import { temporaryFolder } from '../temporary';

const folder = writeFakeRun(temporaryFolder());
const run = openNetworkRun(folder);
const cardOf = (change: Partial<NetworkRecord>) =>
  modelCard({ ...run, record: { ...run.record, ...change } }, loadResults(folder));

test('the card of a distilled network names its teacher and how much of each target is whose', () => {
  assert.doesNotMatch(cardOf({}), /Distilled/);
  const config = { ...run.record.config, teacher: { model: 'wise', share: 0.7 } };
  assert.match(
    cardOf({ config }),
    /70 % of each target .* \[wise\]\(\.\.\/wise\/README\.md\) .* 30 % the label/,
  );
});

test('the card tells the faults of a training that were found afterwards', () => {
  assert.doesNotMatch(cardOf({}), /Erratum/);
  const erratum = { text: 'It lost a half.', fixedBy: 'a'.repeat(40), fixedAt: '2026-01-02T00:00:00.000Z' };
  assert.match(
    cardOf({ errata: [erratum] }),
    /## Erratum\n\nIt lost a half\. Fixed on 2026-01-02 \(commit `aaaaaaa`\)\./,
  );
});

test('the card tells where a training was started and resumed', () => {
  const [start] = run.record.environments;
  const card = cardOf({
    environments: [
      { ...start!, commit: 'a'.repeat(40) },
      {
        ...start!,
        event: 'resume',
        at: '2026-01-02T00:00:00.000Z',
        commit: 'b'.repeat(40),
        isModified: true,
        processor: 'other',
      },
    ],
  });
  assert.match(card, /Started 2026-01-01T00:00:00\.000Z at commit `aaaaaaa`, TensorFlow/);
  assert.match(card, /Resumed 2026-01-02T00:00:00\.000Z at commit `bbbbbbb`, with uncommitted changes/);
  assert.match(card, /on 2 cores of none, in float32; 2 cores of other, in float32\./);
  assert.match(
    cardOf({ environments: [{ ...start!, note: 'Why.' }] }),
    /at an unknown commit, TensorFlow 2\.21\.0\. Why\./,
  );
});
