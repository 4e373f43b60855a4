// Trains in the folder that is named, for tests that kill, starve or interrupt a process.
// node --import tsx test/train/child.ts FOLDER [fields of the configuration as JSON] [training images of a class]
import { existsSync, readFileSync } from 'node:fs';
import { FerlabError } from '../../src/errors';
import { trainRun } from '../../src/train/train';
import { tinyConfig, tinyDataset } from './tiny';

const [folder, fields = '{}', images] = process.argv.slice(2);

trainRun(tinyConfig(JSON.parse(fields)), {
  dataset: images ? tinyDataset(1, [Number(images), 2, 2]) : tinyDataset(),
  folder,
  resume: true,
  checkpointSeconds: 0,
  onProgress: () => process.stdout.write('.'),
}).then(
  () => {
    // What the process has reserved, in KiB, for the test that limits it.
    const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
    process.stdout.write(` reserved ${/VmPeak:\s+(\d+)/.exec(status)?.[1] ?? '?'}\n`);
    process.exit(0);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof FerlabError ? error.toString() : String(error)}\n`);
    process.exit(error instanceof FerlabError ? error.exitStatus : 99);
  },
);
