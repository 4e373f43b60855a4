import { basename, dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { timeRun } from '../predict/time-run';
import { writeOverview } from '../publish/overview';
import { MILLISECONDS } from '../report/columns';
import { tableText } from '../report/formats/text';
import { column } from '../report/table';
import { loadRunData, openRun } from '../run/open-run';
import { partsOf } from '../run/parts';
import { modelNames, modelsFolder, runOrModelFolder } from '../run/published-models';
import { saveTiming, type Timing } from '../run/timing';
import { DATA_HELP, printJson } from './options';

interface TimeFlags {
  data?: string;
  json?: boolean;
}

interface Measured {
  readonly name: string;
  readonly timing: Timing;
}

export function timeCommand(): Command {
  return new Command('time')
    .argument('[runs...]', 'folders of runs, or names of published models; default: all published models')
    .option('--data <path>', DATA_HELP)
    .option('--json', 'print the measurements as JSON')
    .addHelpText(
      'after',
      `
Predicts images of the validation part in several rounds and keeps the fastest as timing.json in each folder. The table of
methods shows it, with the processor. It is the processor time of all cores, which other programs
change little; timing.json also holds the wall time, which they do.

Examples:
  npx ferlab time
  npx ferlab time hog-forest light-cnn-seed1`,
    )
    .action(run);
}

async function run(chosen: readonly string[], { data, json }: TimeFlags): Promise<void> {
  const folders = (chosen.length > 0 ? chosen : modelNames()).map(runOrModelFolder);
  const measured: Measured[] = [];
  for (const folder of folders) {
    const own = openRun(folder);
    const dataset = await loadRunData(own, data);
    const timing = timeRun(own, dataset, partsOf(own, dataset).validation);
    saveTiming(folder, timing);
    measured.push({ name: basename(folder), timing });
  }
  if (folders.some(isPublished)) writeOverview(modelsFolder());
  if (json) printJson(measured);
  else process.stdout.write(`${tableText({ columns: COLUMNS, rows: measured })}\n`);
}

const isPublished = (folder: string) => dirname(resolve(folder)) === resolve(modelsFolder());

const COLUMNS = [
  column<Measured>('Name', ({ name }) => name),
  column<Measured>('Wall milliseconds an image', ({ timing }) => timing.millisecondsPerImage, MILLISECONDS),
  column<Measured>(
    'Processor milliseconds an image',
    ({ timing }) => timing.processorMillisecondsPerImage,
    MILLISECONDS,
  ),
];
