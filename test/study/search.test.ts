import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EXIT, FerlabError } from '../../src/errors';
import { saveJson } from '../../src/run/json-file';
import { loadValidation, openNetworkRun } from '../../src/run/open-run';
import { countHits } from '../../src/run/predictions';
import { runFiles } from '../../src/run/run-folder';
import { loadStudy, type SettingSearch } from '../../src/study/definition';
import { answerSettings, isSearch, type TrainStudy } from '../../src/study/search';
import { writeFakeRun } from '../report/fake-run';
import { setVariable, temporaryFolder } from '../temporary';

const VALUES = {
  learningRate: { from: 0.001, to: 0.1, scale: 'log' },
  'optimizer.weightDecay': [0, 0.01],
};
const SETTING = { learningRate: 0.02, 'optimizer.weightDecay': 0.01 };

function loadSearch(t: TestContext): SettingSearch {
  const folder = temporaryFolder(t);
  setVariable('FERLAB_RUNS', join(folder, 'runs'), t);
  const file = join(folder, 'search.json');
  const sweep = { search: { values: VALUES }, seeds: [3, 4] };
  writeFileSync(file, JSON.stringify({ title: 't', protocol: 'p', profile: 'smoke', sweep }));
  const study = loadStudy(file);
  assert.ok(isSearch(study));
  return study;
}

async function* linesOf(...lines: readonly (string | object)[]) {
  for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line);
}

async function answersTo(search: SettingSearch, train: TrainStudy, ...lines: readonly (string | object)[]) {
  const answers = [];
  for await (const answer of answerSettings(search, linesOf(...lines), train)) answers.push(answer);
  return answers;
}

const fails = (exitStatus: number, message: string) => async () => {
  throw new FerlabError(message, { exitStatus });
};

test('a setting is answered with the mean validation accuracy over its seeds, and stands in the study afterwards', async (t) => {
  const search = loadSearch(t);
  assert.deepEqual(search.variants, []);
  const root = temporaryFolder(t);
  const train: TrainStudy = async ({ variants }) =>
    variants.map(({ name, config }) => {
      assert.deepEqual([config.learningRate, config.optimizer.weightDecay], [0.02, 0.01]);
      const folder = join(process.env.FERLAB_RUNS!, search.name, name);
      cpSync(writeFakeRun(root, { seed: config.seed }), folder, { recursive: true });
      saveJson(runFiles(folder).config, config);
      return openNetworkRun(folder);
    });
  const [answer, ...others] = await answersTo(search, train, SETTING, '');
  assert.deepEqual(others, []);
  assert.ok(answer && 'runs' in answer);
  assert.deepEqual(
    answer.runs.map(({ seed }) => seed),
    [3, 4],
  );
  const shares = [3, 4].map((seed) => {
    const predictions = loadValidation(join(root, `fake-official-seed${seed}`));
    return countHits(predictions) / predictions.labels.length;
  });
  assert.notEqual(shares[0], shares[1]);
  assert.equal(answer.accuracy, (shares[0]! + shares[1]!) / 2);
  const again = loadStudy(join(process.env.FERLAB_RUNS!, '..', 'search.json'));
  assert.deepEqual(
    again.variants.map(({ name, change }) => [name, change]),
    answer.runs.map(({ name, seed }) => [
      name,
      `learningRate 0.02, optimizer.weightDecay 0.01, seed ${seed}`,
    ]),
  );
});

test('what is wrong with a setting is its answer', async (t) => {
  const search = loadSearch(t);
  const errors = async (train: TrainStudy, ...lines: readonly (string | object)[]) =>
    (await answersTo(search, train, ...lines)).map((answer) => ('error' in answer ? answer.error : ''));
  const never = fails(EXIT.failure, 'trained');
  const [notJson, list, missing, unknown, range] = await errors(
    never,
    ...['{"learningRate"', '[1]', { learningRate: 0.1 }, { ...SETTING, epochs: 2 }],
    { ...SETTING, learningRate: -1 },
  );
  assert.match(notJson!, /^not JSON/);
  for (const error of [list, missing, unknown])
    assert.match(error!, /^a setting gives .* where learningRate, optimizer\.weightDecay is needed$/);
  assert.match(range!, /learningRate/);
  assert.deepEqual(await errors(fails(EXIT.diverged, 'the loss is NaN'), SETTING), ['the loss is NaN']);
});

test('what keeps every setting from being trained ends the search', async (t) => {
  const search = loadSearch(t);
  for (const status of [EXIT.resumable, EXIT.diskFull, EXIT.interrupted])
    await assert.rejects(answersTo(search, fails(status, 'stopped'), SETTING), /stopped/);
});
