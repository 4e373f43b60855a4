import type { CrowdLabelKind } from '../../dataset/crowd-labels';
import { knownSpec } from '../../dataset/specs';
import type { RunConfig } from '../../run/config';
import type { TrainingEnvironment } from '../../run/environment';
import { describeMachines } from '../../run/machine';
import { machinesOf, type NetworkRecord } from '../../run/record';
import type { Run } from '../../run/run';
import { number, percentText } from './words';

const sentenceOf = (words: readonly string[]) => `${words.join(', ')}.`;

/** On which images the classifier was trained, by which recipe, where and how long: one entry a line. */
export function trainingLines({ record }: Run): string[] {
  const { counts, dataset, trainingSeconds } = record;
  const { title, citation } = knownSpec(dataset.spec);
  const images = `${title} (${citation.split(',')[0]}), ${number(dataset.images)} images, content SHA-256 \`${dataset.sha256.slice(0, 16)}…\`; ${number(counts.training)} training, ${number(counts.validation)} validation, ${number(counts.test)} test images.`;
  if (record.kind === 'network') return [images, ...recipeLines(record)];
  const minutes = (trainingSeconds / 60).toFixed(0);
  if (record.kind === 'baseline') {
    const where = describeMachines(machinesOf(record));
    return [
      images,
      `All settings took ${minutes} minutes (wall time) on ${where}${record.lender ? `, without the training of ${record.lender.model}` : ''}.`,
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
    ...labelLines(config),
    `Augmentation: rotation up to ${change.rotationDegrees}°, ${change.flip ? 'horizontal flip, ' : ''}shift ${percentText(change.shiftFraction)} %, zoom ${percentText(change.zoomFraction)} %, brightness ${percentText(change.brightnessFraction)} %, contrast ${percentText(change.contrastFraction)} %, cutout of ${change.cutoutPixels} pixels.`.replaceAll(
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

const CROWD_WORDS: Readonly<Record<CrowdLabelKind, string>> = {
  'crowd-leader': 'the emotion that most raters of FER+ chose',
  'crowd-votes': 'the shares of the votes of the FER+ raters for the seven emotions',
};

const labelLines = ({ labels }: RunConfig): string[] =>
  labels ? [`Learnt in place of the data's own labels: ${CROWD_WORDS[labels]}.`] : [];

function teacherLines({ teacher }: RunConfig): string[] {
  if (!teacher) return [];
  const share = Math.round(100 * teacher.share);
  return [
    `Distilled: ${share} % of each target are the mean probabilities that [${teacher.model}](../${teacher.model}/README.md) predicts for the training image and its mirror image, ${100 - share} % the label. The teacher's training time is not included here.`,
  ];
}
