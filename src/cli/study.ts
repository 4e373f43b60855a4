import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { FerlabError } from '../errors';
import { tableText } from '../report/formats/text';
import { saveJson } from '../run/json-file';
import { runsFolder } from '../run/run-folder';
import { loadTrainingData } from '../run/training-data';
import { loadStudy, type Study } from '../study/definition';
import { only, planOf } from '../study/plan';
import { loadStudyResults, type StudyResults } from '../study/results';
import { runStudy } from '../study/run';
import { answerSettings, isSearch, type TrainStudy } from '../study/search';
import { hasSeveralSeeds, tableSettings } from '../study/settings';
import { tableStudy } from '../study/table';
import { interruptSignal } from './interrupt';
import { DATA_HELP, printJson, printNote } from './options';
import { TENSORBOARD_HELP, TrainingLogs } from './tensorboard';
import { trainingView } from './training-progress';

interface StudyFlags {
  data?: string;
  sample?: boolean;
  out?: string;
  show?: boolean;
  plan?: boolean;
  only?: readonly string[];
  settings?: boolean;
  tensorboard?: string;
  json?: boolean;
}

export function studyCommand(): Command {
  return new Command('study')
    .argument('<file>', 'JSON that names the runs to compare; see studies/')
    .option('--data <path>', DATA_HELP)
    .option('--sample', 'train on the built-in synthetic sample instead')
    .option('--out <file>', 'file for the results; default: runs/STUDY/results.json')
    .option('--show', 'train nothing: show the runs that are finished')
    .option('--plan', 'train nothing: list the runs, for a batch system')
    .option('--only <run...>', 'train only these, by number or name in the plan, and compare nothing')
    .option('--settings', 'train the settings of standard input, and answer each; see docs/many-runs.md')
    .option('--tensorboard <folder>', TENSORBOARD_HELP)
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `
Trains the runs one after the other and compares them on the validation part. The test part stays sealed. After an
interrupt, repeat the command: it continues, and finished runs are not trained again.

Examples:
  npx ferlab study studies/strong-cnn-ablations.json
  npx ferlab study studies/strong-cnn-ablations.json --show
  npx ferlab study studies/strong-cnn-ablations.json --out studies/strong-cnn-ablations.results.json
  npx ferlab study studies/strong-cnn-ablations.json --only 3     # one job of many; see docs/many-runs.md
  echo '{"learningRate": 0.01}' | npx ferlab study studies/sample-search.json --settings --sample

SIGTERM and SIGUSR1 stop a training after the step in progress, with exit status 75: the same command goes on.`,
    )
    .action(run);
}

async function run(file: string, flags: StudyFlags): Promise<void> {
  const study = loadStudy(file);
  if (flags.plan) return showPlan(study, flags.json);
  if (flags.settings) return answerAll(study, flags);
  if (flags.only) return trainSome(only(study, flags.only), flags);
  if (!flags.show) await (await openTraining(flags, interruptSignal()))(study);
  const results = loadStudyResults(study);
  if (!results) {
    throw new FerlabError(`${file}: none of its runs is finished`, {
      remedy: 'repeat the command without --show to train them',
    });
  }
  const out = flags.out ?? join(runsFolder(), study.name, 'results.json');
  mkdirSync(dirname(out), { recursive: true });
  saveJson(out, results);
  if (flags.json) printJson(results);
  else printResults(results);
}

function printResults(results: StudyResults): void {
  const tables = [
    tableStudy(results),
    ...(hasSeveralSeeds(results.variants) ? [tableSettings(results)] : []),
  ];
  process.stdout.write(tables.map((table) => `${tableText(table)}\n`).join('\n'));
}

function showPlan(study: Study, json = false): void {
  const runs = planOf(study);
  if (json) printJson(runs);
  else process.stdout.write(runs.map(({ number, name, run }) => `${number}\t${name}\t${run}\n`).join(''));
}

async function trainSome(study: Study, flags: StudyFlags): Promise<void> {
  const train = await openTraining(flags, interruptSignal());
  const runs = await train(study);
  if (flags.json) printJson(runs.map(({ folder, record }) => ({ folder, ...record })));
  else process.stdout.write(runs.map(({ folder }) => `trained ${folder}\n`).join(''));
}

/** Trains the settings that standard input gives, and prints what came of each. */
async function answerAll(study: Study, flags: StudyFlags): Promise<void> {
  if (!isSearch(study)) {
    throw new FerlabError(`the study ${study.name} is no search`, {
      remedy: 'give it a "sweep" with a "search"; docs/many-runs.md shows one',
    });
  }
  const signal = interruptSignal();
  const train = await openTraining(flags, signal);
  for await (const answer of answerSettings(study, createInterface({ input: process.stdin, signal }), train))
    process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** Loads the data once for any number of trainings, which a signal stops. */
async function openTraining(flags: StudyFlags, signal: AbortSignal): Promise<TrainStudy> {
  const dataset = await loadTrainingData({ path: flags.data, sample: flags.sample }, 'a study');
  const logs = new TrainingLogs(flags.tensorboard);
  return async (study) => {
    const view = trainingView(process.stderr);
    let current = '';
    try {
      const runs = await runStudy(study, {
        ...{ dataset, signal, onNote: printNote },
        onProgress: ({ name, config }, progress) => {
          if (name !== current) process.stderr.write(`${name}\n`);
          current = name;
          view.update(progress);
          logs.follow(name, config, progress);
        },
      });
      view.stop();
      for (const [i, run] of runs.entries()) await logs.finish(study.variants[i]!.name, run);
      return runs;
    } finally {
      view.stop();
    }
  };
}
