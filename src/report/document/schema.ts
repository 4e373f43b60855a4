import { z } from 'zod';
import { EMOTION_COUNT } from '../../dataset/emotions';

const seven = <T extends z.ZodType>(item: T) => z.array(item).length(EMOTION_COUNT);
const share = z.number().min(0).max(1);
const count = z.int().min(0);
const text = z.string();
const interval = z.tuple([share, share]).describe('lower and upper end of a 95 % interval');

const four = <T extends z.ZodType>(value: T) => ({
  precision: value,
  recall: value,
  f1: value,
  oneVsRestAccuracy: value,
});

const metrics = z.strictObject({
  accuracy: share,
  perClass: seven(
    z.strictObject({
      support: count.describe('images of the class: the n of its recall'),
      predicted: count.describe('images that were called the class: the n of its precision'),
      ...four(share),
    }),
  ).describe('by label 0 to 6; what is undefined stands as 0'),
  macro: z.strictObject(four(share)),
  macroF1OfMeans: share.describe('F1 of macro precision and macro recall (arXiv 1911.03347)'),
  weighted: z.strictObject(four(share)),
});

const intervals = z.strictObject({
  accuracy: interval,
  perClass: seven(z.strictObject(four(interval))),
  macro: z.strictObject(four(interval)),
  macroF1OfMeans: interval,
  weighted: z.strictObject(four(interval)),
});

const calibration = z.strictObject({
  bins: z.array(z.strictObject({ count, meanConfidence: share, accuracy: share })),
  expectedCalibrationError: share,
  negativeLogLikelihood: z.number().min(0),
  brierScore: z.number().min(0).max(2),
});

const evaluation = z.strictObject({
  part: z.enum(['validation', 'test']),
  count,
  confusion: seven(seven(count)).describe('rows are the true classes, columns the predicted ones'),
  metrics,
  intervals,
  calibration,
});

const epoch = z.strictObject({
  epoch: z.int().min(1),
  learningRate: z.number(),
  loss: z.number(),
  accuracy: share,
  valLoss: z.number(),
  valAccuracy: share,
});

// Fields that the training room may add to a run's record and configuration are kept.
const record = z
  .looseObject({
    config: z.looseObject({
      profile: text,
      seed: z.int(),
      protocol: text,
      model: text,
      epochs: z.int().min(1),
    }),
    dataset: z.looseObject({ kind: text, format: text, sha256: text, images: count }),
    environment: z.looseObject({
      commit: text.nullable(),
      lockSha256: text.nullable(),
      requirementsSha256: text.nullable(),
      node: text,
      tfjs: text,
      tensorflow: text,
      device: text,
      processor: text,
      cores: z.int(),
    }),
    counts: z.strictObject({ training: count, validation: count, test: count }),
    weightsSha256: text,
    bestEpoch: z.int().min(1),
    startedAt: text,
    finishedAt: text,
    trainingSeconds: z.number().min(0),
    imagesPerSecond: z.number().min(0),
  })
  .describe('configuration, data, versions, device and times of the run');

const run = z.strictObject({
  run: text.describe("name of the run's folder"),
  isSynthetic: z.boolean(),
  record,
  history: z.array(epoch),
  validation: evaluation,
  test: evaluation,
  tempered: z.strictObject({ temperature: z.number().positive(), test: calibration }),
});

const spread = z.strictObject({
  mean: share,
  standardDeviation: z.number().min(0).nullable(),
  smallest: share,
  largest: share,
});

const group = z.strictObject({
  model: text,
  profile: text,
  protocol: text,
  isEnsemble: z
    .literal(true)
    .optional()
    .describe("of several models together: model and profile are the first one's then"),
  seeds: z.array(z.int()).min(1),
  runs: z.array(text).min(1),
  accuracy: spread,
  perClass: seven(z.strictObject(four(spread))),
  macro: z.strictObject(four(spread)),
  macroF1OfMeans: spread,
  weighted: z.strictObject(four(spread)),
  expectedCalibrationError: spread,
});

const metricName = z.enum(['accuracy', 'precision', 'recall', 'f1']);
const paper = z.strictObject({
  tables: z
    .array(
      z.strictObject({
        number: z.enum(['I', 'II', 'III', 'IV']),
        caption: text,
        metric: metricName,
        values: seven(text),
        overall: text,
      }),
    )
    .length(4),
  samples: seven(text),
  samplesTotal: text,
  textRecall: seven(text),
  figures: z.array(z.strictObject({ number: z.int(), caption: metricName, text: metricName, section: text })),
});

export const documentSchema: z.ZodType = z.strictObject({
  $schema: text,
  format: z.literal('ferlab-results-1'),
  isSynthetic: z.boolean(),
  classes: seven(text),
  intervals: text.describe('how the 95 % intervals were made'),
  paper,
  runs: z.array(run).min(1).describe('the first is the one that tables and figures show'),
  groups: z.array(group).min(1).describe('runs that differ only in their seed'),
  files: z.array(text),
});
