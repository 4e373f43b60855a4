import { Command } from 'commander';
import { type Evaluation, evaluatePredictions } from '../evaluate/evaluation';
import { evaluateFinal } from '../evaluate/final';
import { loadMarks } from '../run/final-marks';
import { withLock } from '../run/lock';
import { loadRunData, loadRunPredictions, openRun } from '../run/open-run';
import { latestRun } from '../run/run-folder';
import { printJson, printNote } from './options';

interface EvaluateFlags {
  data?: string;
  final?: boolean;
  json?: boolean;
}

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .argument('[run]', 'folder of the run; default: the latest')
    .option('--data <path>', 'the data that the run was trained on')
    .option('--final', 'evaluate on the test part, once for each trained model')
    .option('--json', 'print all numbers as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx ferlab evaluate           the latest run on its validation part
  npx ferlab evaluate --final   ... on its test part, after all choices are made`,
    )
    .action(run);
}

async function run(folder: string | undefined, flags: EvaluateFlags): Promise<void> {
  const chosen = folder ?? latestRun();
  const predictions = flags.final
    ? await predictFinal(chosen, flags.data)
    : loadRunPredictions(openRun(chosen), 'validation');
  const evaluation = evaluatePredictions(predictions);
  if (flags.json) printJson(evaluation);
  else process.stdout.write(describe(evaluation, predictions.classes));
  const models = flags.final ? loadMarks(chosen).length : 1;
  if (models > 1) {
    printNote(
      `${models} models trained in this folder were evaluated on the test part; final.json lists them`,
    );
  }
}

async function predictFinal(folder: string, path: string | undefined) {
  const dataset = await loadRunData(openRun(folder), path);
  return withLock(folder, () => evaluateFinal(folder, dataset), { onNote: printNote });
}

function describe({ part, count, metrics, intervals }: Evaluation, classes: readonly string[]): string {
  const percent = (share: number) => (100 * share).toFixed(2).padStart(6);
  const [low, high] = intervals.accuracy;
  const rows = metrics.perClass.map(
    ({ support, precision, recall, f1 }, i) =>
      `  ${classes[i]!.padEnd(9)} ${String(support).padStart(5)} ${percent(precision)} ${percent(recall)} ${percent(f1)}`,
  );
  return [
    `${part} part, ${count} images: accuracy ${percent(metrics.accuracy).trim()} % (95 % Wilson interval ${percent(low).trim()} to ${percent(high).trim()})`,
    '            images  prec. recall     F1',
    ...rows,
    `  macro           ${percent(metrics.macro.precision)} ${percent(metrics.macro.recall)} ${percent(metrics.macro.f1)}`,
    '',
  ].join('\n');
}
