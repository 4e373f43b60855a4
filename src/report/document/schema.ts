import { z } from 'zod';
import { historySchema } from '../../run/history';
import { datasetRecordSchema, networkRecordSchema, splitSchema } from '../../run/record-file';

/** One for each class, in the order of the labels. */
const byClass = <T extends z.ZodType>(item: T) => z.array(item).min(2);
/** One for each of the paper's seven classes. */
const seven = <T extends z.ZodType>(item: T) => z.array(item).length(7);
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
  perClass: byClass(
    z.strictObject({
      support: count.describe('images of the class: the n of its recall'),
      predicted: count.describe('images that were assigned to the class: the n of its precision'),
      ...four(share),
    }),
  ).describe('by label; undefined values are stored as 0'),
  macro: z.strictObject(four(share)),
  macroF1OfMeans: share.describe('F1 of macro precision and macro recall (arXiv 1911.03347)'),
  weighted: z.strictObject(four(share)),
});

const intervals = z.strictObject({
  accuracy: interval,
  perClass: byClass(z.strictObject(four(interval))),
  macro: z.strictObject(four(interval)),
  macroF1OfMeans: interval,
  weighted: z.strictObject(four(interval)),
});

const calibration = z.strictObject({
  bins: z.array(z.strictObject({ count, meanConfidence: share, accuracy: share })),
  expectedCalibrationError: share,
  calibrationFloor: share
    .nullable()
    .describe(
      'expected calibration error of a perfectly calibrated model; null in files of earlier versions',
    ),
  negativeLogLikelihood: z.number().min(0),
  brierScore: z.number().min(0).max(2),
});

const imageNumbers = {
  count,
  confusion: byClass(byClass(count)).describe('rows are the true classes, columns the predicted ones'),
  metrics,
  intervals,
  calibration,
};

const evaluation = z.strictObject({
  part: z.enum(['validation', 'test']),
  ...imageNumbers,
  withoutCopies: z
    .strictObject(imageNumbers)
    .nullable()
    .describe(
      'without the images that have an exact copy in the training part; null where copies were not searched',
    ),
});

/** The numbers of a classifier, in a report and in the folder of a published model. */
export const numbersFields = {
  validation: evaluation,
  test: evaluation,
  tempered: z.strictObject({
    temperature: z.number().positive(),
    test: calibration,
    withoutCopies: calibration.nullable(),
  }),
};

const classifier = z.strictObject({
  name: text.describe("name of the classifier's folder"),
  kind: z.enum(['network', 'ensemble', 'baseline']),
  title: text.describe('what it is, in a few words'),
  recipe: text.describe('equal for classifiers that differ in nothing but the seed'),
  recipeName: text.describe('the recipe in a word, such as the profile'),
  seed: z.int().nullable(),
  parameters: count.nullable(),
  seconds: z.number().min(0).describe('wall time of the training'),
  trainedOn: text.describe('machines in words'),
});

const run = z.strictObject({
  classifier,
  dataset: datasetRecordSchema,
  split: splitSchema,
  isSynthetic: z.boolean(),
  training: z
    .strictObject({ record: networkRecordSchema, history: historySchema })
    .nullable()
    .describe('configuration, versions, machine, times and epochs; null unless it is a single network'),
  ...numbersFields,
});

const spread = z.strictObject({
  mean: share,
  standardDeviation: z.number().min(0).nullable(),
  smallest: share,
  largest: share,
});

const group = z.strictObject({
  kind: classifier.shape.kind,
  title: text,
  recipeName: text,
  protocol: text,
  seeds: z.array(z.int()),
  runs: z.array(text).min(1),
  accuracy: spread,
  perClass: byClass(z.strictObject(four(spread))),
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

/** A name that a report can give to a file of its own: never a path, nor a file that someone else has put there. */
export const reportFileName = z
  .string()
  .regex(
    /^[a-z0-9-]+(\.plotly|\.schema)?\.(md|tex|csv|json|svg|png)$/,
    'this is not a file name of a report',
  );

export const documentSchema: z.ZodType = z.strictObject({
  $schema: text,
  format: z.literal('ferlab-results-2'),
  isSynthetic: z.boolean(),
  classes: byClass(text),
  intervals: text.describe('methods of the 95 % intervals'),
  paper,
  runs: z.array(run).min(1).describe('tables and figures show the first'),
  groups: z.array(group).min(1).describe('runs that differ only in their seed'),
  files: z.array(reportFileName),
});
