import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Results } from '../../src/evaluate/results';
import { computeSentence } from '../../src/publish/compute';
import { fakeResults } from '../report/fake-run';
import { temporaryFolder } from '../temporary';

const network = fakeResults(temporaryFolder()); // an hour on 2 cores
const ensemble: Results = {
  ...network,
  training: null,
  classifier: { ...network.classifier, kind: 'ensemble' },
};

test('the time of all trainings: networks, and studies beside the models; an ensemble takes its members alone', () => {
  const folder = temporaryFolder();
  const models = join(folder, 'models');
  assert.match(
    computeSentence([network, network, ensemble], models),
    /^Training took 2\.0 hours of wall time \(4 core hours\): 2\.0 for the 2 published networks, teachers among them\./,
  );
  mkdirSync(join(folder, 'studies'));
  const variants = [
    { minutes: 90, machine: { cores: 2 } },
    { minutes: 30, machines: [{ cores: 2 }, { cores: 8 }] },
  ];
  writeFileSync(join(folder, 'studies', 'a.results.json'), JSON.stringify({ title: 'Parts', variants }));
  writeFileSync(join(folder, 'studies', 'a.json'), 'no results');
  assert.match(
    computeSentence([network, ensemble], models),
    /^Training took 3\.0 hours of wall time \(9 core hours\): .* 2\.0 for the 2 runs of the study "Parts"\./,
  );
});
