import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AugmentationRanges } from '../augment/ranges';
import { TEST_TIME_VIEWS, type TestTimeViews } from '../augment/views';
import { CROWD_LABELS, type CrowdLabelKind } from '../dataset/crowd-labels';
import { PROTOCOLS, type Protocol } from '../dataset/split';
import { takesAnySize } from '../engine/describe';
import type { OptimizerDefinition } from '../engine/optimizer';
import type { Schedule, SizeStage } from '../engine/schedule';
import { FerlabError } from '../errors';
import { buildModel, MODELS, type ModelName } from '../model/models';
import { problemsOf } from '../zod-problems';
import { loadJson } from './json-file';

/** Who teaches a network besides the labels. */
export interface TeacherSettings {
  /** Name of a published model, which was trained on the same images. */
  readonly model: string;
  /** Share of each target that is the teacher's. */
  readonly share: number;
}

/** All that decides what a run computes. Two runs with equal configuration, data and machine give the same bits. */
export interface RunConfig {
  /** Name of the preset it started from; part of the run's folder name. */
  readonly profile: string;
  /** Seed of everything random: split, weights, order, augmentation, dropout. */
  readonly seed: number;
  readonly protocol: Protocol;
  readonly model: ModelName;
  /** `auto` is bfloat16 where the processor trains faster in it, else float32. */
  readonly precision: 'auto' | 'float32' | 'bfloat16';
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerDefinition;
  /** Largest learning rate. */
  readonly learningRate: number;
  readonly schedule: Schedule;
  readonly labelSmoothing: number;
  /** `balanced` weighs each class by the inverse of its images. */
  readonly classWeights: 'none' | 'balanced';
  /** Share of the averaged weights that a step keeps; 0 turns averaging off. */
  readonly averageDecay: number;
  readonly augmentation: AugmentationRanges;
  /** Mixes pairs of training images by shares drawn from Beta(alpha, alpha); none are mixed unless given. */
  readonly mixupAlpha?: number;
  /** A published model whose predictions are a part of each target; the labels are all of it unless given. */
  readonly teacher?: TeacherSettings;
  /** Labels of FER+ that are learnt in place of the data's own; validation and test keep the data's own in any case. */
  readonly labels?: CrowdLabelKind;
  /**
   * Sizes of the training images in turn, small ones first to save time (progressive resizing, Howard 2018); the
   * last is the full side. Validation and test always see full images.
   */
  readonly imageSizes: readonly SizeStage[];
  readonly testTimeViews: TestTimeViews;
  /** Stops after so many epochs without a better validation accuracy; 0 trains all epochs. */
  readonly patienceEpochs: number;
}

const share = z.number().min(0).max(1);
const optimizer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sgd'),
    momentum: share,
    nesterov: z.boolean(),
    weightDecay: z.number().min(0),
  }),
  z.strictObject({
    kind: z.literal('adamw'),
    beta1: share,
    beta2: share,
    epsilon: z.number().positive(),
    weightDecay: z.number().min(0),
  }),
]);
const fields = z.strictObject({
  profile: z.string().regex(/^[a-z0-9-]+$/),
  seed: z.int(),
  protocol: z.enum(PROTOCOLS as [Protocol, ...Protocol[]]),
  model: z.enum(Object.keys(MODELS) as [ModelName, ...ModelName[]]),
  precision: z.enum(['auto', 'float32', 'bfloat16']),
  epochs: z.int().min(1).max(10_000),
  batchSize: z.int().min(1).max(4096),
  optimizer,
  learningRate: z.number().positive(),
  schedule: z.enum(['constant', 'cosine', 'one-cycle']),
  labelSmoothing: z.number().min(0).max(0.9),
  classWeights: z.enum(['none', 'balanced']),
  averageDecay: z.number().min(0).lt(1),
  augmentation: z.strictObject({
    rotationDegrees: z.number().min(0).max(180),
    flip: z.boolean(),
    shiftFraction: share,
    zoomFraction: z.number().min(0).max(0.9),
    brightnessFraction: share,
    contrastFraction: share,
    cutoutPixels: z.int().min(0).max(512),
  }),
  mixupAlpha: z.number().min(0.05).max(10).optional(),
  teacher: z
    .strictObject({ model: z.string().regex(/^[a-z0-9-]+$/), share: z.number().gt(0).max(1) })
    .optional(),
  labels: z.enum(CROWD_LABELS).optional(),
  imageSizes: z
    .array(z.strictObject({ side: z.int().min(16).max(512), share: z.number().gt(0).max(1) }))
    .min(1)
    // Which side that is, the data decides when training starts.
    .refine(
      (stages) => stages.every(({ side }) => side <= stages.at(-1)!.side),
      'the last side must be the largest',
    )
    .refine(
      (stages) => Math.abs(stages.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9,
      'the shares must add up to 1',
    ),
  testTimeViews: z.enum(TEST_TIME_VIEWS as [TestTimeViews, ...TestTimeViews[]]),
  patienceEpochs: z.int().min(0),
});

/** Whether a network takes images of any size, its layers decide, whatever the data is. */
const SOME_TASK = { side: 64, classes: ['one', 'other'] };

/** What a configuration has to be; errors name the fields. */
export const configSchema: z.ZodType<RunConfig> = fields
  .refine(({ model, imageSizes }) => imageSizes.length === 1 || takesAnySize(buildModel(model, SOME_TASK)), {
    path: ['imageSizes'],
    message: 'the model flattens its feature maps and takes only images of full size',
  })
  .refine(({ labels, teacher, classWeights }) => !labels || (!teacher && classWeights === 'none'), {
    path: ['labels'],
    message: 'the labels of FER+ go with neither a teacher nor class weights',
  })
  .refine(({ labels, labelSmoothing }) => labels !== 'crowd-votes' || labelSmoothing === 0, {
    path: ['labelSmoothing'],
    message: 'shares of votes are soft already and are not smoothed',
  });

/**
 * Checks a configuration from outside.
 * @param name what errors call it
 * @throws FerlabError that names each wrong, missing or unknown field
 */
export function checkConfig(value: unknown, name: string): RunConfig {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = problemsOf(result.error, 'configuration');
  throw new FerlabError(`${name}: ${problems.join('; ')}`, { remedy: 'correct the fields that are named' });
}

/** Reads the configuration of a run. @throws FerlabError as {@link checkConfig}, and when the file is missing */
export function loadConfig(path: string): RunConfig {
  return checkConfig(loadJson(path, 'restore the file, or train the run again'), path);
}

/** Eight hex digits that change with any field of the configuration. */
export function configHash(config: RunConfig): string {
  const sorted = JSON.stringify(config, (_key, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('hex').slice(0, 8);
}

/** As {@link configHash}, but equal for runs that differ in nothing but their seed. */
export const settingHash = (config: RunConfig): string => configHash({ ...config, seed: 0 });

/** Name of the folder of a run, such as `quick-official-seed1-0123abcd`. */
export function runName(config: RunConfig): string {
  return `${config.profile}-${config.protocol}-seed${config.seed}-${configHash(config)}`;
}
