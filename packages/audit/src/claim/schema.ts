import { z } from 'zod';
import { MAX_FIGURE_LENGTH } from '../numbers/parse-figure';
import { checkClaim } from './checks';
import type { Claim } from './claim';
import { describeIssue } from './problem';

/** Most classes and most items that a claim may have. */
export const LIMITS = { classes: 200, items: 1_000_000 } as const;

const figure = z
  .string()
  .max(MAX_FIGURE_LENGTH)
  .describe(
    'A figure exactly as printed, between 0 and 1 or with a percent sign, such as "0.860" or "73.28%".',
  );
const count = z.int().min(0).max(LIMITS.items);
const name = z.string().min(1).max(100);
const byClass = (value: z.ZodType, what: string) => z.record(name, value).describe(what);
const figures = (what: string) => byClass(figure, what).optional();
const signed = (what: string) =>
  z
    .string()
    .max(MAX_FIGURE_LENGTH)
    .describe(`${what} between -1 and 1, or with a percent sign, such as "0.61" or "-0.02".`)
    .optional();
const means = z
  .strictObject({ precision: figure.optional(), recall: figure.optional(), f1: figure.optional() })
  .optional();

const deviation = byClass(figure, 'Standard deviation of the figure of each class.').optional();

const aggregation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('single') }),
  z.strictObject({ kind: z.literal('runs'), count: z.int().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('folds'), count: z.int().min(2).max(1000) }),
  z.strictObject({ kind: z.literal('batches'), size: z.int().min(1).max(LIMITS.items) }),
  z.strictObject({ kind: z.literal('unknown') }),
]);

const cell = z.union([figure, count, z.null()]);

const claimSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(1).max(500),
  source: z.string().max(2000).optional(),
  note: z.string().max(5000).optional(),
  dataset: z.string().optional().describe('A data set with built-in official counts.'),
  part: z.string().optional().describe('The part of the data set that was evaluated.'),
  classes: z
    .array(name)
    .max(LIMITS.classes)
    .describe('Two or more; none where the source does not name them.'),
  labels: z
    .enum(['one', 'several'])
    .optional()
    .describe('several: an item may have several labels, or none. Default: one.'),
  n: count.min(1).optional().describe('Number of evaluated items.'),
  supports: byClass(count, 'Number of items of each class.').optional(),
  testShare: figure.optional().describe('Share of the items held out for testing.'),
  scale: z.enum(['fraction', 'percent']).optional(),
  rounding: z.enum(['nearest', 'truncated', 'up', 'unknown']).optional(),
  aggregation: aggregation.optional(),
  accuracy: figure.optional(),
  errorRate: figure.optional().describe('Share of wrong answers.'),
  alsoAccuracy: z.array(figure).max(10).optional().describe('Further prints of the accuracy.'),
  perClass: z
    .strictObject({
      accuracy: figures('What the source calls accuracy of a class: recall, or one-vs-rest accuracy.'),
      precision: figures('Precision of each class.'),
      recall: figures('Recall of each class.'),
      f1: figures('F1 of each class.'),
    })
    .optional(),
  rates: z
    .strictObject({
      specificity: figures('True negatives among the items of all other classes.'),
      npv: figures('True negatives among the items that were not predicted as the class.'),
      fpr: figures('1 - specificity.'),
      fnr: figures('1 - recall.'),
      jaccard: figures('True positives among the items of the class or predicted as it.'),
      f2: figures('F-beta with beta = 2.'),
      f05: figures('F-beta with beta = 0.5.'),
    })
    .optional(),
  means: z.strictObject({ macro: means, weighted: means, micro: means, unspecified: means }).optional(),
  auc: figure.optional().describe('Area under the ROC curve, of two classes.'),
  gMean: figure
    .optional()
    .describe('Geometric mean of the recalls of all classes; of two, of sensitivity and specificity.'),
  topK: z
    .record(z.string().regex(/^(?:[2-9]|[1-9]\d{1,2})$/, 'the key is no whole number from 2 to 999'), figure)
    .optional()
    .describe('Top-k accuracies by k, from 2 on.'),
  agreement: z
    .strictObject({
      kappa: signed("Cohen's kappa, not weighted,"),
      mcc: signed("Matthews' correlation coefficient of all classes (Gorodkin's R_K)"),
    })
    .optional(),
  intervals: z
    .record(
      z.string().max(200),
      z.strictObject({ low: figure, high: figure, level: z.enum(['90%', '95%', '99%']).optional() }),
    )
    .optional()
    .describe('Confidence intervals by the field of their figure: accuracy, or perClass.recall and a class.'),
  mcnemar: z
    .strictObject({
      p: z
        .string()
        .max(MAX_FIGURE_LENGTH)
        .regex(
          /^(?:[<≤]\s*)?(?:0?\.\d+|0|1(?:\.0*)?)$/,
          'p is no number from 0 to 1, such as "0.032" or "<0.001"',
        ),
      b: count.optional(),
      c: count.optional(),
      other: figure.optional(),
    })
    .optional()
    .describe(
      "McNemar's test against another system on the same items: p; b and c, the items that this one and the other alone get right, " +
        'or the accuracy of the other.',
    ),
  deviations: z
    .strictObject({
      accuracy: figure.optional(),
      perClass: z.strictObject({ precision: deviation, recall: deviation, f1: deviation }).optional(),
    })
    .optional()
    .describe('Standard deviations over the runs or folds of the aggregation.'),
  deviationKind: z.enum(['sample', 'population']).optional(),
  confusion: z
    .strictObject({
      normalised: z.enum(['rows', 'columns', 'all', 'counts']),
      rows: byClass(z.array(cell), 'For each true class, one cell for each predicted class.'),
    })
    .optional(),
});

/** The schema of a claim as JSON Schema, as it is published in `claims/claim.schema.json`. */
export function claimJsonSchema(): object {
  return { title: 'Claim of a classification result', ...z.toJSONSchema(claimSchema) };
}

/**
 * Checks a claim read from outside.
 * @throws ClaimError that names the first field that is wrong, and why
 */
export function validateClaim(value: unknown): Claim {
  const parsed = claimSchema.safeParse(value);
  if (!parsed.success) throw describeIssue(parsed.error.issues[0]!, value);
  const { $schema: _, ...claim } = parsed.data;
  checkClaim(claim as Claim);
  return claim as Claim;
}
