import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { loadStudy, type Study } from '../../../src/study/definition';
import { setVariable, temporaryFolder } from '../../temporary';

/** A random sweep of small trainings, with runs in a folder that goes with the test. */
export function sweepOf(t: TestContext, settings: number, seeds: number): Study {
  const folder = temporaryFolder(t);
  setVariable('FERLAB_RUNS', join(folder, 'runs'), t);
  const values = { learningRate: { from: 0.001, to: 0.3, scale: 'log' } };
  const file = join(folder, 'sweep.json');
  const study = {
    ...{ title: 'A sweep', protocol: 'Two epochs.', profile: 'smoke' },
    set: { epochs: 2, batchSize: 6, precision: 'float32' },
    sweep: {
      random: { count: settings, seed: 1, values },
      seeds: Array.from({ length: seeds }, (_, seed) => seed + 1),
    },
  };
  writeFileSync(file, JSON.stringify(study));
  return loadStudy(file);
}
