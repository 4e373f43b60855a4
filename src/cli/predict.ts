import { existsSync } from 'node:fs';
import { Command } from 'commander';
import type { DatasetSpec } from '../dataset/spec';
import { PAPER_DATASET } from '../dataset/specs';
import { EXIT, FerlabError } from '../errors';
import type { PreparedPicture } from '../preprocess/prepare-picture';
import { isReady, type PictureOutcome, preparePictures } from '../preprocess/prepare-pictures';
import { printJson } from './options';

interface PredictFlags {
  model?: string;
  run?: string;
  json?: boolean;
}

interface Prediction {
  readonly image: string;
  readonly emotion: string;
  /** By class; they add up to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

export function predictCommand(): Command {
  return new Command('predict')
    .argument('<images...>', 'pictures of one face each, cropped to the face')
    .option('--model <name>', 'predict with this published model; default: the best by validation accuracy')
    .option('--run <folder>', 'predict with this run instead')
    .option('--json', 'print the probabilities of all emotions as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx ferlab predict face.jpg                       the three most probable emotions
  npx ferlab predict --json faces/*.png             all probabilities, for programs
  npx ferlab predict --run runs/NAME face.jpg       use your own run

The whole picture is turned upright, converted to grey and scaled to a square: no face is searched for in it.
Probabilities are calibrated with the temperature that was fitted on the model's validation part. Pictures that can't be
read are reported, the others are predicted, and the exit status is then ${EXIT.badInput}.`,
    )
    .action(run);
}

async function run(paths: readonly string[], flags: PredictFlags): Promise<void> {
  if (flags.model && flags.run) {
    throw new FerlabError('--model and --run were both given', { remedy: 'give only one of them' });
  }
  // Where no picture is there at all, nothing needs to be loaded to say so.
  const folder = paths.some((path) => existsSync(path)) ? await chooseFolder(flags) : '';
  const spec = folder ? await dataOf(folder) : PAPER_DATASET;
  const pictures = await preparePictures(paths, spec.side);
  const ready = pictures.filter(isReady);
  if (ready.length > 0)
    await predict(ready, { folder, spec, json: flags.json, failures: failuresOf(pictures) });
  else if (flags.json) printJson({ predictions: [], failures: failuresOf(pictures) });
  reportFailures(pictures);
}

type ReadyPicture = { readonly path: string } & PreparedPicture;

interface Failure {
  readonly image: string;
  readonly problem: string;
  readonly remedy: string | undefined;
}

function failuresOf(pictures: readonly PictureOutcome[]): Failure[] {
  return pictures.flatMap((picture) =>
    isReady(picture)
      ? []
      : { image: picture.path, problem: picture.error.message, remedy: picture.error.remedy },
  );
}

/** Names the pictures that could not be read, and makes the exit status say that there were some. */
function reportFailures(pictures: readonly PictureOutcome[]): void {
  const failed = pictures.flatMap((picture) => (isReady(picture) ? [] : picture.error));
  if (failed.length === 0) return;
  for (const error of failed) process.stderr.write(`error: ${error.toString()}\n`);
  if (pictures.length > 1) {
    process.stderr.write(`${failed.length} of ${pictures.length} pictures could not be read\n`);
  }
  process.exitCode = EXIT.badInput;
}

interface Asked {
  /** Of a finished run. */
  readonly folder: string;
  readonly json: boolean | undefined;
  readonly spec: Pick<DatasetSpec, 'side'>;
  readonly failures: readonly Failure[];
}

async function predict(pictures: readonly ReadyPicture[], asked: Asked): Promise<void> {
  const { folder, json, spec, failures } = asked;
  const predictions = await predictPictures(folder, pictures, spec);
  if (json) return printJson({ run: folder, predictions, failures });
  for (const { image, probabilities, notes } of predictions) {
    process.stdout.write(`${image}: ${describe(probabilities)}\n`);
    for (const note of notes) process.stderr.write(`note: ${image}: ${note}\n`);
  }
}

/** The model or run that was asked for, else the best published model, else the latest run. */
async function chooseFolder({ model, run: folder }: PredictFlags): Promise<string> {
  const { bestModel, modelFolder } = await import('../run/published-models.js');
  const { latestRun } = await import('../run/run-folder.js');
  if (model) return modelFolder(model);
  const chosen = folder ?? bestModel() ?? latestRun();
  const { openRun } = await import('../run/open-run.js');
  return openRun(chosen).folder;
}

/** What the images of a run are like. */
async function dataOf(folder: string): Promise<Pick<DatasetSpec, 'side'>> {
  const { openRun } = await import('../run/open-run.js');
  return openRun(folder).record.dataset;
}

// What loads TensorFlow is imported when there is something to predict.
async function predictPictures(
  folder: string,
  pictures: readonly ReadyPicture[],
  spec: Pick<DatasetSpec, 'side'>,
): Promise<Prediction[]> {
  const { openRun } = await import('../run/open-run.js');
  const { predictCalibrated } = await import('../predict/predict-calibrated.js');
  const run = openRun(folder);
  const images = Buffer.concat(pictures.map(({ image }) => image));
  const probabilities = predictCalibrated(run, { spec, images }, pictures.length);
  const { classes } = run.record.dataset;
  return pictures.map(({ path, notes }, i) => {
    const some = [...probabilities.subarray(i * classes.length, (i + 1) * classes.length)];
    return {
      image: path,
      emotion: classes[some.indexOf(Math.max(...some))]!,
      probabilities: Object.fromEntries(classes.map((name, label) => [name, some[label]!])),
      notes,
    };
  });
}

function describe(probabilities: Prediction['probabilities']): string {
  return Object.entries(probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([emotion, probability]) => `${emotion} ${(100 * probability).toFixed(1)} %`)
    .join(', ');
}
