import type { Claim } from '../claim/claim';
import type { Reading } from '../claim/reading';
import { collectFigures } from '../evidence/figures';
import type { Change, Witness } from '../report/report';
import { misprints } from '../verify/misprints';
import { changeField, type Field, isCount, printedIn } from './fields';

interface Found {
  readonly fields: readonly Field[];
  readonly reading: Reading;
  readonly witness: Witness | undefined;
}

/** The changes of fields to what a matrix gives for them; without new values where they can't be told. */
export function changesFrom(claim: Claim, { fields, reading, witness }: Found): Change[] {
  const meanings = new Map(collectFigures(claim, reading).map(({ field, meaning }) => [field, meaning]));
  const about = (field: Field) => ({
    field,
    meaning: meanings.get(field) ?? wordsFor(claim, field),
    from: printedIn(claim, field) ?? '',
  });
  if (!witness) return fields.map(about);
  const counted = fields
    .filter((field) => isCount(claim, field))
    .reduce((now, field) => changeField(now, field, countIn(now, field, witness)), claim);
  const wrong = misprints(counted, witness.matrix, reading, witness.parts);
  const fixed = fields.reduce((now, field) => {
    const found = wrong.find((misprint) => misprint.field === field)?.found;
    return found === undefined
      ? now
      : changeField(now, field, printLike(printedIn(claim, field)!, Number(found), scaledAs(claim, field)));
  }, counted);
  const isFixed = misprints(fixed, witness.matrix, reading, witness.parts).length === 0;
  return fields.flatMap((field) => {
    const to = printedIn(fixed, field);
    if (to === printedIn(claim, field) && isFixed) return [];
    return [{ ...about(field), ...(isFixed && to !== undefined && { to }) }];
  });
}

function wordsFor({ classes }: Claim, field: Field): string {
  if (field === 'n') return 'number of items';
  const [, label, column] = /^confusion\.rows\.(.*)\[(\d+)\]$/s.exec(field) ?? [];
  if (column !== undefined) return `cell ${label} -> ${classes[Number(column)]}`;
  return field.startsWith('supports.') ? `support of ${field.slice('supports.'.length)}` : field;
}

/** What a matrix has for a count; that of means over runs is the sum of theirs. */
function countIn({ classes, aggregation }: Claim, field: Field, witness: Witness): string {
  const [, label = '', column] = /^confusion\.rows\.(.*)\[(\d+)\]$/s.exec(field) ?? [];
  if (column !== undefined) return String(witness.matrix[classes.indexOf(label)]![Number(column)]);
  const runs = aggregation?.kind === 'runs' ? aggregation.count : 1;
  const index = classes.indexOf(field.slice('supports.'.length));
  return String((field === 'n' ? witness.n : witness.supports[index]!) / runs);
}

/** Measures of agreement are fractions whatever the scale of the other figures is. */
function scaledAs(claim: Claim, field: Field): Claim {
  return field.startsWith('agreement.') ? { ...claim, scale: 'fraction' } : claim;
}

/** A value with as many decimals as a printed figure, in its scale, shortened as the claim says. */
function printLike(text: string, value: number, { scale, rounding }: Claim): string {
  const percent = text.includes('%');
  const decimals = (/\.(\d*)/.exec(text)?.[1] ?? '').length;
  const scaled = value * (percent || scale === 'percent' ? 100 : 1);
  const unit = 10 ** decimals;
  const shorten = { truncated: Math.floor, up: Math.ceil, nearest: Math.round, unknown: Math.round }[
    rounding ?? 'nearest'
  ];
  return `${(shorten(scaled * unit) / unit).toFixed(decimals)}${percent ? '%' : ''}`;
}
