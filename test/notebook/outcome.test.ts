import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { loadResults } from '../../src/evaluate/results';
import { describeOutcome, loadOutcome } from '../../src/notebook/outcome';
import { figuresFolder, projectRoot } from '../../src/paths';
import { runName } from '../../src/run/config';
import { buildConfig } from '../../src/run/profiles';
import { writeFakeRun } from '../report/fake-run';
import { setVariable, temporaryFolder } from '../temporary';

test('the outcome is that of the run with the parameters, in words and with the next steps', (t) => {
  const runs = temporaryFolder(t);
  setVariable('FERLAB_RUNS', runs, t);
  const folder = join(runs, runName(buildConfig('quick', { seed: 4 })));
  renameSync(writeFakeRun(runs, { seed: 4, epochs: 3 }), folder);
  const outcome = loadOutcome({ profile: 'quick', seed: 4, data: '' });
  const { test: tested, classifier } = loadResults(folder);
  const [low, high] = tested.intervals.accuracy;
  const { accuracy } = tested.metrics;
  assert.deepEqual(outcome, {
    ...{ run: folder, model: classifier.title, accuracy, interval: [low, high], images: tested.count },
    ...{ isSynthetic: false, data: 'fer2013.csv.gz', protocol: 'official', figures: figuresFolder() },
  });
  const percent = (share: number) => (100 * share).toFixed(1);
  const place = (path: string) => `${relative(process.cwd(), path)}/`;
  const lines = describeOutcome(outcome, join(projectRoot(), 'notebooks')).split('\n');
  assert.deepEqual(lines.slice(1, 6), [
    `${classifier.title}: accuracy ${percent(accuracy)} % (95 % interval ${percent(low)} to ${percent(high)})`,
    '  on 3,589 test images of fer2013.csv.gz, official split',
    `  tables and figures    ${place(figuresFolder())}`,
    `  executed notebooks    ${place(join(projectRoot(), 'notebooks'))}`,
    `  the trained network   ${place(folder)}`,
  ]);
  assert.match(lines[7]!, /^next: npm run lab /);
  assert.ok(lines[8]!.includes(`npx ferlab predict --run ${relative(projectRoot(), folder)} face.jpg`));
  const sample = describeOutcome({ ...outcome, isSynthetic: true }, '.');
  assert.match(sample, /test images of the built-in sample of drawn faces, /);
  assert.match(sample, /They say nothing about faces\./);
  assert.match(sample, /FER2013=\/path\/to\/fer2013\.csv.* npm start/);
});
