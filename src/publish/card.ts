import type { Settings } from '../baseline/classifiers/classifier';
import { BASELINES } from '../baseline/methods';
import { type DatasetSpec, type PartRole, partWithRole } from '../dataset/spec';
import { knownSpec, PAPER_DATASET } from '../dataset/specs';
import { modelSize } from '../engine/describe';
import type { Calibration } from '../evaluate/calibration';
import type { ImageNumbers } from '../evaluate/evaluation';
import { type Results, withoutCopies } from '../evaluate/results';
import { buildModel } from '../model/models';
import { tableMarkdown } from '../report/formats/markdown';
import { tableByClass } from '../report/tables/by-class';
import { tableConfusion } from '../report/tables/confusion';
import { tableSummary } from '../report/tables/summary';
import type { RunConfig } from '../run/config';
import type { TrainingEnvironment } from '../run/environment';
import { erratumText } from '../run/errata';
import { describeMachines } from '../run/machine';
import {
  type BaselineRecord,
  type DatasetRecord,
  type EnsembleRecord,
  machinesOf,
  type NetworkRecord,
} from '../run/record';
import type { Run } from '../run/run';

const number = (value: number) => value.toLocaleString('en');
const percent = (share: number) => (100 * share).toFixed(2);
const sentenceOf = (words: readonly string[]) => `${words.join(', ')}.`;

/** The results without copies, where there are copies. */
const twinOf = (results: Results) => [withoutCopies(results)].filter((twin) => twin !== null);

/** How the images were divided at random, in words. */
const PROTOCOL_WORDS: Readonly<Record<Exclude<RunConfig['protocol'], 'official'>, string>> = {
  paper: "the paper's random 70/15/15 split within classes, exact copies not kept together",
  'paper-deduplicated': 'random 70/15/15 split within classes, exact copies kept in one part',
  'by-subject': 'five folds by subject, one for testing and one for validation, with each person in one fold',
};

function protocolWords(protocol: RunConfig['protocol'], spec: DatasetSpec): string {
  if (protocol !== 'official') return PROTOCOL_WORDS[protocol];
  const part = (role: PartRole) => spec.parts[partWithRole(spec, role)]?.name;
  return `official parts: fitted on ${part('training')}, chosen on ${part('validation')}, tested once on ${part('test')}`;
}

const VIEW_WORDS: Readonly<Record<RunConfig['testTimeViews'], string>> = {
  single: 'computed from the image itself',
  mirror: 'the mean over the image and its mirror image',
  'mirror-and-shifts':
    'the mean over the image and its mirror image, each also shifted by 2 pixels in four directions',
  'mirror-shifts-and-turns':
    'the mean over the image, its shifts by 2 pixels in four directions, its rotations by 4° to either side, and the mirror images of all of these',
};

/** The model card (Mitchell et al. 2019, arXiv 1810.03993): what the model is, what it was measured to do, and what it is not for. */
export function modelCard(run: Run, results: Results): string {
  const { name } = results.classifier;
  return `${[
    `# ${name}`,
    headline(results),
    ...correctionSection(run),
    ...erratumSection(run),
    '## Model',
    bullets(modelLines(run, results)),
    '## Training',
    bullets(trainingLines(run)),
    '## Numbers',
    tableMarkdown(tableSummary(results)),
    tableMarkdown(tableByClass(results)),
    ...twinOf(results).map((twin) => tableMarkdown(tableByClass(twin))),
    tableMarkdown(tableConfusion(results)),
    '`results.json` holds all of these numbers. `predictions-test.csv` holds the probabilities of every test image, from which you can compute any other.',
    '## Use',
    use(results),
    limits(results),
    '## Check it',
    `    npx ferlab verify ${name}\n    npx ferlab predict --model ${name} face.jpg`,
  ].join('\n\n')}\n`;
}

function headline({ isSynthetic, dataset, test, classifier, split }: Results): string {
  const [low, high] = test.intervals.accuracy;
  const data = isSynthetic ? `The synthetic sample, not ${PAPER_DATASET.title}: ` : '';
  const copies = test.withoutCopies ? copiesSentence(test.count, test.withoutCopies) : '';
  return `${data}**${percent(test.metrics.accuracy)} %** of ${number(test.count)} test images (95 % interval ${percent(low)} to ${percent(high)}); ${protocolWords(split.protocol, knownSpec(dataset.spec))}; ${classifier.seed === null ? classifier.title : `seed ${classifier.seed}`}.${copies}`;
}

/** The twin of the accuracy, without what may be remembered. */
function copiesSentence(count: number, { count: left, metrics, intervals }: ImageNumbers): string {
  if (left === count) return ' No test image has an exact copy in the training part.';
  const [low, high] = intervals.accuracy;
  return ` Without the ${number(count - left)} test images that have an exact copy in the training part: **${percent(metrics.accuracy)} %** (${percent(low)} to ${percent(high)}).`;
}

function correctionSection({ record: { correction, dataset } }: Run): string[] {
  if (!correction) return [];
  const { at, reason, dataset: present, leftOut } = correction;
  const out = leftOut.validation + leftOut.test;
  const words =
    out > 0
      ? ` Validation and test images that were left out, because this data has no identical image or the training part has a copy: ${number(out)}.`
      : '';
  return [
    '## Correction',
    `${reason} Trained on the data with content SHA-256 \`${dataset.sha256.slice(0, 16)}…\`; all numbers here come from \`${present.sha256.slice(0, 16)}…\` (${at.slice(0, 10)}).${words}`,
  ];
}

function erratumSection({ record }: Run): string[] {
  const errata = record.kind === 'network' ? (record.errata ?? []) : [];
  return errata.length === 0 ? [] : ['## Erratum', ...errata.map(erratumText)];
}

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

function inputAndOutput({ side, classes }: DatasetRecord): string {
  const names = `${classes.slice(0, -1).join(', ')} and ${classes.at(-1)}`;
  return `Input: ${side}x${side} grey levels of one cropped face, 0 to 255 scaled to 0 to 1. Output: probabilities of ${names}.`;
}

function modelLines(run: Run, { test, tempered }: Results): string[] {
  const temperature = `\`ferlab predict\` divides the logits by the temperature ${tempered.temperature.toFixed(3)}, which was fitted on the validation part.`;
  const lines = classifierLines(run);
  const error = (calibration: Calibration) => calibration.expectedCalibrationError.toFixed(3);
  const calibration = `The expected calibration error on the test part is ${error(test.calibration)}, and ${error(tempered.test)} with the temperature. A perfectly calibrated model with these confidences has an expected calibration error of ${test.calibration.calibrationFloor!.toFixed(3)} on average, because the number of images is finite.`;
  return [...lines, temperature, calibration];
}

function classifierLines({ record }: Run): string[] {
  if (record.kind === 'ensemble') return memberLines(record);
  return record.kind === 'baseline' ? baselineLines(record) : networkLines(record);
}

function baselineLines({ method, parameters, tried, dataset }: BaselineRecord): string[] {
  const { title } = BASELINES[method];
  const tries = tried.map(
    ({ settings, validationAccuracy }) =>
      `${settingsText(settings)}: ${percent(validationAccuracy)} % of the validation images`,
  );
  return [
    `${title} (\`src/baseline/methods.ts\`): no network; ${number(parameters)} fitted numbers.`,
    inputAndOutput(dataset),
    ...(tries.length > 1
      ? [`Settings tried, the best by validation accuracy kept: ${tries.join('; ')}.`]
      : []),
  ];
}

const settingsText = (settings: Settings) =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** Members may differ in network and training, which their own cards tell. */
function memberLines({ members, dataset }: EnsembleRecord): string[] {
  const names = members.map((name) => `[${name}](../${name}/README.md)`).join(', ');
  return [
    `The mean of the probabilities of ${members.length} models: ${names}. Their cards describe networks, weights and views.`,
    inputAndOutput(dataset),
  ];
}

function networkLines(record: NetworkRecord): string[] {
  const { parameters, multiplyAdds } = modelSize(buildModel(record.config.model, record.dataset));
  return [
    `\`${record.config.model}\` (\`src/model/${record.config.model}.ts\`): ${number(parameters)} parameters, ${(multiplyAdds / 1e6).toFixed(0)} million multiply-adds an image.`,
    inputAndOutput(record.dataset),
    `A prediction is ${VIEW_WORDS[record.config.testTimeViews]}.`,
    `\`weights.bin\` holds the weights of the epoch with the best validation accuracy (${record.bestEpoch} of ${record.config.epochs}), rounded to float16. All numbers here were computed from these rounded weights in float32.`,
  ];
}

function trainingLines({ record }: Run): string[] {
  const { counts, dataset, trainingSeconds } = record;
  const { title, citation } = knownSpec(dataset.spec);
  const images = `${title} (${citation.split(',')[0]}), ${number(dataset.images)} images, content SHA-256 \`${dataset.sha256.slice(0, 16)}…\`; ${number(counts.training)} training, ${number(counts.validation)} validation, ${number(counts.test)} test images.`;
  if (record.kind === 'network') return [images, ...recipeLines(record)];
  const minutes = (trainingSeconds / 60).toFixed(0);
  if (record.kind === 'baseline') {
    const where = describeMachines(machinesOf(record));
    return [
      images,
      `All settings took ${minutes} minutes (wall time) on ${where}.`,
      ...record.environments.map(environmentLine),
    ];
  }
  return [
    images,
    `The card of each member describes its training. Together they took ${minutes} minutes of wall time.`,
  ];
}

function recipeLines(record: NetworkRecord): string[] {
  const { config } = record;
  const { augmentation: change, optimizer } = config;
  const rate = `peak rate ${config.learningRate}, ${config.schedule}, batches of ${config.batchSize}`;
  const decay = `weight decay ${optimizer.weightDecay}`;
  return [
    sentenceOf([
      `${config.epochs} epochs`,
      optimizer.kind.toUpperCase(),
      rate,
      decay,
      `label smoothing ${config.labelSmoothing}`,
      `averaged weights (${config.averageDecay})`,
      ...(config.mixupAlpha === undefined ? [] : [`mixup of image pairs (alpha ${config.mixupAlpha})`]),
    ]),
    ...teacherLines(config),
    `Augmentation: rotation up to ${change.rotationDegrees}°, ${change.flip ? 'horizontal flip, ' : ''}shift ${percent(change.shiftFraction)} %, zoom ${percent(change.zoomFraction)} %, brightness ${percent(change.brightnessFraction)} %, contrast ${percent(change.contrastFraction)} %, cutout of ${change.cutoutPixels} pixels.`.replaceAll(
      '.00 %',
      ' %',
    ),
    `Side of the training images in pixels: ${config.imageSizes.map(({ side, share }) => `${side} (${(100 * share).toFixed(0)} % of the epochs)`).join(', ')}.`,
    `Trained for ${(record.trainingSeconds / 60).toFixed(0)} minutes (wall time) on ${describeMachines(machinesOf(record))}.`,
    ...record.environments.map(environmentLine),
  ];
}

const EVENT_WORDS: Readonly<Record<TrainingEnvironment['event'], string>> = {
  start: 'Started',
  resume: 'Resumed',
  end: 'Ended',
};

function environmentLine({ event, at, commit, isModified, tensorflow, note }: TrainingEnvironment): string {
  const where = commit === null ? 'at an unknown commit' : `at commit \`${commit.slice(0, 7)}\``;
  const words = [`${EVENT_WORDS[event]} ${at} ${where}`, ...(isModified ? ['with uncommitted changes'] : [])];
  return [`${words.join(', ')}, TensorFlow ${tensorflow}.`, ...(note ? [note] : [])].join(' ');
}

function teacherLines({ teacher }: RunConfig): string[] {
  if (!teacher) return [];
  const share = Math.round(100 * teacher.share);
  return [
    `Distilled: ${share} % of each target are the mean probabilities that [${teacher.model}](../${teacher.model}/README.md) predicts for the training image and its mirror image, ${100 - share} % the label. The teacher's training time is not included here.`,
  ];
}

function use({ dataset }: Results): string {
  const { title, caveats } = knownSpec(dataset.spec);
  return `**Intended for** research on ${title}, teaching, and comparison with other methods.

**Not intended for** judging people: not in hiring, schools, policing, medicine, at borders or in cars. A momentary facial expression does not show what a person feels. ${caveats?.labels ?? ''}`.trimEnd();
}

function limits({ dataset, test: { count, withoutCopies: twin } }: Results): string {
  const { title, caveats } = knownSpec(dataset.spec);
  const images = caveats ? `${caveats.images} ` : '';
  const copies =
    twin && twin.count < count
      ? ` The training part contains exact copies of ${number(count - twin.count)} of the ${number(count)} test images.`
      : '';
  return `**Limits.** ${images}Performance on pictures that are not cropped to a face, or unlike those of ${title}, was not measured.${copies}`;
}
