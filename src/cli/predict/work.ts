import { existsSync } from 'node:fs';
import { beginLoadingTensorFlow } from '../../engine/early-load';
import { EXIT, FerlabError } from '../../errors';
import type { Recognizer } from '../../predict/photo';
import { framesOf } from '../../predict/video';
import type { Run } from '../../run/run';
import type { PredictFlags } from './flags';
import { pictureNames, readStandardInput, STANDARD_INPUT } from './inputs';
import type { PredictOutcome, Sink } from './outcome';
import { FailureSink } from './text-sink';

/** Looks at all pictures, one after the other, and sets the exit status. */
export async function predictAll(names: readonly string[], flags: PredictFlags): Promise<void> {
  const failures = new FailureSink();
  // Where no picture is there at all, nothing needs to be loaded to say so.
  const isAnything = flags.video || names.some((name) => name === STANDARD_INPUT || existsSync(name));
  const loaded = isAnything ? await load(flags) : null;
  const sinks: readonly Sink[] = [failures, ...(await openSinks(flags, loaded))];
  try {
    for await (const outcome of outcomesOf(names, flags, loaded?.recognizer ?? null))
      for (const sink of sinks) await sink.take(outcome);
  } catch (error) {
    for (const sink of sinks) sink.discard?.();
    throw error;
  } finally {
    loaded?.recognizer.detector?.dispose();
    loaded?.recognizer.classifier.dispose();
  }
  for (const sink of sinks) sink.end();
  if (failures.failures > 0) process.exitCode = EXIT.badInput;
  else if (failures.empty > 0) process.exitCode = EXIT.noFace;
}

interface Loaded {
  readonly run: Run;
  readonly recognizer: Recognizer;
}

// What loads TensorFlow is imported when there is something to predict.
async function load(flags: PredictFlags): Promise<Loaded> {
  beginLoadingTensorFlow();
  const run = await chooseRun(flags);
  const { openCalibrated } = await import('../../predict/calibrated.js');
  const { lazyDetector } = await import('../../detect/detect-faces.js');
  const detector = flags.detector === 'none' ? null : lazyDetector(flags.detector);
  return { run, recognizer: { detector, classifier: openCalibrated(run) } };
}

/** The model or run that was asked for, else the best published model, else the latest run. */
async function chooseRun({ model, run }: PredictFlags): Promise<Run> {
  const { bestModel, modelFolder } = await import('../../run/published-models.js');
  const { latestRun } = await import('../../run/run-folder.js');
  const { openRun } = await import('../../run/open-run.js');
  return openRun(model ? modelFolder(model) : (run ?? bestModel() ?? latestRun()));
}

async function openSinks({ json, csv, out, detector }: PredictFlags, loaded: Loaded | null): Promise<Sink[]> {
  const classes = loaded?.recognizer.classifier.classes ?? [];
  const { JsonSink } = await import('./json-sink.js');
  const { TextSink } = await import('./text-sink.js');
  return [
    json ? new JsonSink({ run: loaded?.run.folder ?? null, detector }) : new TextSink(),
    ...(csv && loaded ? [new (await import('./csv-sink.js')).CsvSink(csv, classes)] : []),
    ...(out && loaded ? [new (await import('./picture-sink.js')).PictureSink(out)] : []),
  ];
}

async function* outcomesOf(
  names: readonly string[],
  flags: PredictFlags,
  recognizer: Recognizer | null,
): AsyncGenerator<PredictOutcome> {
  if (flags.video) yield* videoOutcomes(flags, recognizer!);
  else
    for (const name of pictureNames(names)) yield await pictureOutcome(name, recognizer, Boolean(flags.out));
}

async function* videoOutcomes(
  { video, fps, out }: PredictFlags,
  recognizer: Recognizer,
): AsyncGenerator<PredictOutcome> {
  const { recognizeDecoded } = await import('../../predict/photo.js');
  const detector = recognizer.detector!;
  for await (const { seconds, picture } of framesOf(video!, fps)) {
    const recognized = await recognizeDecoded(picture, { ...recognizer, detector });
    yield { image: video!, seconds, ...recognized, ...(out ? { pixels: picture } : {}) };
  }
}

async function pictureOutcome(
  image: string,
  recognizer: Recognizer | null,
  isKept: boolean,
): Promise<PredictOutcome> {
  const { recognizePicture } = await import('../../predict/photo.js');
  const { readPicture } = await import('../../preprocess/open-picture.js');
  try {
    const bytes = image === STANDARD_INPUT ? await readStandardInput() : readPicture(image, image);
    const { pixels, ...recognized } = await recognizePicture(bytes, image, recognizer!);
    return { image, ...recognized, ...(isKept ? { pixels } : {}) };
  } catch (error) {
    if (error instanceof FerlabError) return { image, error };
    throw error;
  }
}
