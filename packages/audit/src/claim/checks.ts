import { parseFigure, parseSignedFigure } from '../numbers/parse-figure';
import { type Claim, entryOf } from './claim';
import { datasetIds, findDataset } from './datasets';
import { fail } from './problem';

/**
 * Checks what the form of a claim leaves open: classes, data set, figures and matrix.
 * @throws ClaimError that names the first field that is wrong, and why
 */
export function checkClaim(claim: Claim): void {
  checkClasses(claim);
  checkDataset(claim);
  checkFigures(claim);
  checkConfusion(claim);
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
    ...Object.entries(claim.deviations?.perClass ?? {}).map(([key, table]): [string, object] => [
      `deviations.perClass.${key}`,
      table,
    ]),
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
