import { z } from 'zod';
import { ClaimError } from '../error';
import { MAX_FIGURE_LENGTH, parseFigure, parseSignedFigure } from '../numbers/parse-figure';
import { type Claim, entryOf } from './claim';
import { datasetIds, findDataset } from './datasets';

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
    .strictObject({ accuracy: figure.optional() })
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
  checkClasses(claim as Claim);
  checkDataset(claim as Claim);
  checkFigures(claim as Claim);
  checkConfusion(claim as Claim);
  return claim as Claim;
}

function fail(field: string, problem: string, remedy: string): ClaimError {
  return new ClaimError(`${field}: ${problem}`, { remedy });
}

/** Turns a zod issue into an error that names the field and shows the value, shortened. */
function describeIssue(issue: z.core.$ZodIssue, root: unknown): ClaimError {
  const path = issue.path.map(String);
  const field = path.join('.') || 'claim';
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], root);
  const shown = JSON.stringify(value)?.slice(0, 40) ?? 'nothing';
  if (issue.code === 'unrecognized_keys') {
    return fail(
      [...path, issue.keys[0]].join('.'),
      'is not a field of a claim',
      'see claims/claim.schema.json for the fields',
    );
  }
  return fail(
    field,
    `${inWords(issue, value)} (got ${shown})`,
    'see claims/claim.schema.json for the fields and their forms',
  );
}

/** What is wrong with a value, in the words of someone who reads tables. */
function inWords(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined
        ? `must be there, as ${formOf(issue.expected)}`
        : `must be ${formOf(issue.expected)}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${issue.origin === 'string' ? ' characters long' : ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters long' : ''}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'invalid_union':
      return 'must be a figure in quotes, a whole number, or null';
    default:
      return `can not be used: ${issue.message}`;
  }
}

function formOf(expected: string): string {
  const forms: Readonly<Record<string, string>> = {
    string: 'text in quotes, such as "0.86"',
    number: 'a whole number',
    int: 'a whole number',
    array: 'a list in square brackets',
    object: 'a group in braces',
    record: 'a group in braces with a value for each class',
  };
  return forms[expected] ?? expected;
}

/** Class names must be distinct, and every table may speak of these classes only. */
function checkClasses(claim: Claim): void {
  if (claim.classes.length === 1)
    throw fail('classes', 'there is one', 'name at least two classes, or none if the source names none');
  const known = new Set(claim.classes);
  if (known.size < claim.classes.length) {
    const twice = claim.classes.find((entry, index) => claim.classes.indexOf(entry) < index);
    throw fail('classes', `'${twice}' occurs twice`, 'name each class once');
  }
  const tables: [string, object | undefined][] = [
    ['supports', claim.supports],
    ['confusion.rows', claim.confusion?.rows],
    ...Object.entries(claim.perClass ?? {}).map(([key, table]): [string, object] => [
      `perClass.${key}`,
      table,
    ]),
    ...Object.entries(claim.rates ?? {}).map(([key, table]): [string, object] => [`rates.${key}`, table]),
  ];
  for (const [field, table] of tables) {
    const unknown = Object.keys(table ?? {}).find((key) => !known.has(key));
    if (unknown !== undefined) {
      throw fail(
        `${field}.${unknown}`,
        'is not one of the classes',
        `the classes are ${claim.classes.join(', ')}`,
      );
    }
  }
}

function checkDataset(claim: Claim): void {
  if (claim.dataset === undefined) {
    if (claim.part !== undefined)
      throw fail('part', 'is given without a dataset', 'name the dataset, or leave part out');
    return;
  }
  const dataset = findDataset(claim.dataset);
  if (!dataset)
    throw fail('dataset', `'${claim.dataset}' is not built in`, `built in are ${datasetIds().join(', ')}`);
  if (claim.part !== undefined && !dataset.parts[claim.part]) {
    throw fail(
      'part',
      `'${claim.part}' is not a part of ${dataset.name}`,
      `its parts are ${Object.keys(dataset.parts).join(', ')}`,
    );
  }
}

/** Every figure must be readable; parsing names the field that is not. */
function checkFigures(claim: Claim): void {
  const options = { scale: claim.scale ?? 'fraction', rounding: claim.rounding ?? 'nearest' } as const;
  const walk = (value: unknown, field: string): void => {
    if (typeof value === 'string') parseFigure(value, { field, ...options });
    else if (value) for (const [key, inner] of Object.entries(value)) walk(inner, `${field}.${key}`);
  };
  walk(claim.accuracy, 'accuracy');
  walk(claim.alsoAccuracy, 'alsoAccuracy');
  walk(claim.errorRate, 'errorRate');
  walk(claim.perClass, 'perClass');
  walk(claim.rates, 'rates');
  walk(claim.means, 'means');
  for (const [measure, text] of Object.entries(claim.agreement ?? {}))
    parseSignedFigure(text, { field: `agreement.${measure}`, rounding: options.rounding });
  walk(claim.deviations, 'deviations');
  walk(claim.topK, 'topK');
  walk(claim.auc, 'auc');
  walk(claim.gMean, 'gMean');
  walk(claim.mcnemar?.other, 'mcnemar.other');
  if (claim.auc !== undefined && claim.classes.length !== 2)
    throw fail(
      'auc',
      `there are ${claim.classes.length} classes`,
      'leave it out: it is audited of two classes',
    );
  for (const [field, { low, high }] of Object.entries(claim.intervals ?? {})) {
    if (!hasFigure(claim, field))
      throw fail(
        `intervals.${field}`,
        'is not a printed accuracy or recall',
        'name the figure that the interval is of, such as accuracy or perClass.recall.Happy',
      );
    walk({ low, high }, `intervals.${field}`);
  }
  if (claim.testShare)
    parseFigure(claim.testShare, { field: 'testShare', scale: 'fraction', rounding: 'nearest' });
}

/** Whether a field holds a figure that intervals are audited of. */
function hasFigure({ accuracy, perClass }: Claim, field: string): boolean {
  const name = /^perClass\.recall\.(.*)$/s.exec(field)?.[1];
  return name === undefined
    ? field === 'accuracy' && accuracy !== undefined
    : entryOf(perClass?.recall, name) !== undefined;
}

/** Rows of the matrix must have one cell for each class: whole numbers for counts, figures otherwise. */
function checkConfusion(claim: Claim): void {
  const { confusion } = claim;
  const options = { scale: claim.scale ?? 'fraction', rounding: claim.rounding ?? 'nearest' } as const;
  for (const [label, row] of Object.entries(confusion?.rows ?? {})) {
    const field = `confusion.rows.${label}`;
    if (row.length !== claim.classes.length) {
      throw fail(
        field,
        `has ${row.length} cells for ${claim.classes.length} classes`,
        'write null for a cell that cannot be read',
      );
    }
    row.forEach((value, index) => {
      const wanted = confusion!.normalised === 'counts' ? 'number' : 'string';
      if (value === null) return;
      if (typeof value !== wanted) {
        throw fail(
          `${field}[${index}]`,
          `is a ${typeof value}`,
          'write counts as whole numbers and other figures as strings',
        );
      }
      if (typeof value === 'string') parseFigure(value, { field: `${field}[${index}]`, ...options });
    });
  }
}
