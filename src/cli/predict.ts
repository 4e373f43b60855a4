import { Command } from 'commander';
import { IMAGE_PIXELS, IMAGE_SIZE } from '../dataset/dataset';
import { EMOTION_COUNT, EMOTIONS } from '../dataset/emotions';
import { FerlabError } from '../errors';
import { applyTemperature, fitTemperature } from '../evaluate/temperature';
import { predictRun } from '../predict/predict-run';
import { preparePicture } from '../preprocess/prepare-picture';
import { loadValidation, openRun } from '../run/open-run';
import { bestModel, modelFolder } from '../run/published-models';
import { latestRun } from '../run/run-folder';
import { printJson } from './options';

interface PredictFlags {
  model?: string;
  run?: string;
  json?: boolean;
}

interface Prediction {
  readonly image: string;
  readonly emotion: string;
  /** By emotion; they add up to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
}

export function predictCommand(): Command {
  return new Command('predict')
    .argument('<images...>', 'pictures of one face each, cropped to the face')
    .option(
      '--model <name>',
      'the published model that predicts; unless given, the best by validation accuracy',
    )
    .option('--run <folder>', 'a run whose network predicts instead')
    .option('--json', 'print the probabilities of all emotions as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx ferlab predict face.jpg                       the three most probable emotions
  npx ferlab predict --json faces/*.png             all probabilities, for programs
  npx ferlab predict --run runs/NAME face.jpg       by a run of your choice

A picture is scaled to 48x48 grey levels as a whole: no face is looked for in it. Probabilities are calibrated with the
temperature that fits the model's validation part.`,
    )
    .action(run);
}

async function run(paths: readonly string[], flags: PredictFlags): Promise<void> {
  const folder = chooseFolder(flags);
  const predictions = await predictPictures(folder, paths);
  if (flags.json) return printJson({ run: folder, predictions });
  for (const { image, probabilities } of predictions)
    process.stdout.write(`${image}: ${describe(probabilities)}\n`);
}

/** The model or run that was asked for, else the best published model, else the latest run. */
function chooseFolder({ model, run: folder }: PredictFlags): string {
  if (model && folder) {
    throw new FerlabError('--model and --run were both given', { remedy: 'give the one that shall predict' });
  }
  if (model) return modelFolder(model);
  return folder ?? bestModel() ?? latestRun();
}

async function predictPictures(folder: string, paths: readonly string[]): Promise<Prediction[]> {
  const trained = openRun(folder);
  const images = new Uint8Array(paths.length * IMAGE_PIXELS);
  for (const [i, path] of paths.entries()) {
    const { image } = await preparePicture(path, { name: path, side: IMAGE_SIZE });
    images.set(image, i * IMAGE_PIXELS);
  }
  const raw = predictRun(trained, { spec: { side: IMAGE_SIZE }, images }, Uint32Array.from(paths.keys()));
  const probabilities = applyTemperature(raw, fitTemperature(loadValidation(folder)));
  return paths.map((path, i) =>
    name(path, probabilities.subarray(i * EMOTION_COUNT, (i + 1) * EMOTION_COUNT)),
  );
}

function name(image: string, probabilities: Float32Array): Prediction {
  const best = probabilities.indexOf(Math.max(...probabilities));
  return {
    image,
    emotion: EMOTIONS[best]!,
    probabilities: Object.fromEntries(EMOTIONS.map((emotion, i) => [emotion, probabilities[i]!])),
  };
}

function describe(probabilities: Prediction['probabilities']): string {
  return Object.entries(probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([emotion, probability]) => `${emotion} ${(100 * probability).toFixed(1)} %`)
    .join(', ');
}
