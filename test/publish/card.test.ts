import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelCard } from '../../src/publish/card';
import { fakeResults, temporaryFolder } from '../report/fake-run';

test('the card of a distilled network names its teacher and how much of each target is whose', () => {
  const usual = fakeResults(temporaryFolder());
  assert.doesNotMatch(modelCard(usual), /Distilled/);
  const { record } = usual;
  const config = { ...record.config, teacher: { model: 'wise', share: 0.7 } };
  const card = modelCard({ ...usual, record: { ...record, config } });
  assert.match(card, /70 % of each target .* \[wise\]\(\.\.\/wise\/README\.md\) .* 30 % the label/);
});
