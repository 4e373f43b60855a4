import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { isSample } from '../dataset/specs';
import { FerlabError } from '../errors';
import { type LeakStudy, loadLeakStudy } from '../leaklab/definition';
import { plotLeaks } from '../leaklab/plot';
import { computeLeakResults } from '../leaklab/results';
import { runLeakStudy } from '../leaklab/run';
import { tableLeakCombinations, tableLeaks } from '../leaklab/table';
import { projectRoot } from '../paths';
import type { PlotlyFigure } from '../report/figure';
import { tableText } from '../report/formats/text';
import { saveJson } from '../run/json-file';
import { runsFolder } from '../run/run-folder';
import { loadTrainingData } from '../run/training-data';
import { writeWhole } from '../write-whole';
import { interruptSignal } from './interrupt';
import { DATA_HELP, printJson } from './options';

interface LeakLabFlags {
  data?: string;
  sample?: boolean;
  out?: string;
  figure?: string;
  show?: boolean;
  json?: boolean;
}

/** `ferlab leak-lab`: what is each mistake of protocol worth? */
export function leakLabCommand(): Command {
  return new Command('leak-lab')
    .argument('[file]', 'settings of the trainings', join(projectRoot(), 'studies', 'leaks.json'))
    .option('--data <path>', DATA_HELP)
    .option('--sample', 'train on the built-in synthetic sample instead')
    .option('--out <file>', 'file for the results; default: runs/STUDY/results.json')
    .option('--figure <file>', 'write the figure, claimed against actual accuracy, as SVG')
    .option('--show', 'train nothing: show what is done')
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `
Makes the mistakes of protocol that papers are suspected of, one by one, with the same small network and budget, and
compares the accuracy that each claims with that of the same weights on untouched images. PrivateTest stays sealed.
After an interrupt, repeat the command: finished trainings are not done again.

Examples:
  npx ferlab leak-lab
  npx ferlab leak-lab --show --figure leaks.svg`,
    )
    .action(run);
}

async function run(file: string, flags: LeakLabFlags): Promise<void> {
  const study = loadLeakStudy(file);
  const dataset = await loadTrainingData({ path: flags.data, sample: flags.sample }, 'the leak lab');
  if (!flags.show) await runLeakStudy(study, { dataset, signal: interruptSignal(), onTask: tell });
  const { spec } = dataset;
  const results = computeLeakResults(study, { classes: spec.classes, isSynthetic: isSample(spec) });
  if (!results) {
    throw new FerlabError(`${file}: none of its trainings is done`, {
      remedy: 'repeat the command without --show',
    });
  }
  saveResults(study, results, flags.out);
  if (flags.figure) await saveFigure(flags.figure, plotLeaks(results));
  if (flags.json) return printJson(results);
  for (const table of [tableLeaks(results), tableLeakCombinations(results)])
    process.stdout.write(`${tableText(table)}\n`);
}

function tell(
  { training, seed }: { training: { name: string }; seed: number },
  number: number,
  count: number,
): void {
  process.stderr.write(`training ${number} of ${count}: ${training.name}, seed ${seed}\n`);
}

function saveResults(study: LeakStudy, results: object, file?: string): void {
  const out = file ?? join(runsFolder(), study.name, 'results.json');
  mkdirSync(dirname(out), { recursive: true });
  saveJson(out, results);
}

async function saveFigure(file: string, figure: PlotlyFigure): Promise<void> {
  const { FigureDrawer } = await import('../report/static/draw.js');
  const drawer = new FigureDrawer();
  try {
    writeWhole(file, await drawer.svg(figure));
  } finally {
    drawer.close();
  }
}
