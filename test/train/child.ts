// Trains in the folder that is named, for tests that kill, starve or interrupt a process.
// node --import tsx test/train/child.ts FOLDER [fields of the configuration as JSON]
import { FerlabError } from '../../src/errors';
import { trainRun } from '../../src/train/train';
import { tinyConfig, tinyDataset } from './tiny';

const [folder, fields = '{}'] = process.argv.slice(2);

trainRun(tinyConfig(JSON.parse(fields)), {
  dataset: tinyDataset(),
  folder,
  resume: true,
  checkpointSeconds: 0,
  onProgress: () => process.stdout.write('.'),
}).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof FerlabError ? error.toString() : String(error)}\n`);
    process.exit(error instanceof FerlabError ? error.exitStatus : 99);
  },
);
