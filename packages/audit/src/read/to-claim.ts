import type { Claim } from '../claim/claim';
import { decimalsOf } from '../numbers/decimals';
import { type Draft, type PrintedAccuracy, unreadable } from './draft';

/** The claim that a draft makes; what is given besides goes before it. */
export function toClaim(draft: Draft, options: Partial<Claim>): Partial<Claim> {
  const { classes, supports, perClass, rates, errorRate, agreement, matrix, n } = draft;
  const means = statedMeans(draft);
  const [accuracy, ...also] = chooseAccuracies(draft.accuracies, options.accuracy);
  const several = draft.severalLabels || (means.get('micro') && isUnequalMicro(means.get('micro')!));
  const rows = matrix && Object.fromEntries(classes.map((name, i) => [name, matrix.cells[i] ?? []]));
  return {
    classes,
    ...(supports.size && { supports: Object.fromEntries(supports) }),
    ...(perClass.size && { perClass: toObject(perClass) }),
    ...(rates.size && { rates: toObject(rates) }),
    ...(errorRate !== undefined && { errorRate }),
    ...ofTwoClasses(draft),
    ...(draft.topK.size && { topK: Object.fromEntries(draft.topK) }),
    ...(agreement.size && { agreement: Object.fromEntries(agreement) }),
    ...deviationsOf(draft, accuracy !== undefined),
    ...intervalsOf(draft, accuracy !== undefined),
    ...(means.size && { means: toObject(means) }),
    ...(accuracy !== undefined && { accuracy }),
    ...(also.length && { alsoAccuracy: also }),
    ...(n !== undefined && { n }),
    ...(several && { labels: 'several' as const }),
    ...(matrix && { confusion: { normalised: matrix.normalised, rows: rows! } }),
  };
}

/** The area under the curve and the G-mean of two classes; those of more are means of some kind. */
function ofTwoClasses({ area, gMean, classes, notes }: Draft): Pick<Claim, 'auc' | 'gMean'> {
  if (classes.length === 2) return { ...(area && { auc: area.text }), ...(gMean && { gMean: gMean.text }) };
  const unused = [area && { ...area, name: 'AUC' }, gMean && { ...gMean, name: 'G-mean' }];
  for (const one of unused) {
    const reason = 'not audited but of two classes';
    if (one) notes.push({ line: one.line, text: `${one.name} ${one.text}`, reason });
  }
  return {};
}

/** Standard deviations of the accuracy, if there is one, and of figures of the classes. */
function deviationsOf({ deviation, deviations }: Draft, hasAccuracy: boolean): Pick<Claim, 'deviations'> {
  const isOfAccuracy = deviation !== undefined && hasAccuracy;
  if (!isOfAccuracy && deviations.size === 0) return {};
  return {
    deviations: {
      ...(isOfAccuracy && { accuracy: deviation }),
      ...(deviations.size > 0 && { perClass: toObject(deviations) }),
    },
  };
}

/** Intervals by the field of their figure. */
function intervalsOf({ intervals }: Draft, hasAccuracy: boolean): Pick<Claim, 'intervals'> {
  const all = [...intervals].flatMap(([table, entries]) =>
    [...entries].map(([key, one]) => [key === '' ? table : `${table}.${key}`, one] as const),
  );
  const found = all.filter(([field]) => field !== 'accuracy' || hasAccuracy);
  return found.length > 0 ? { intervals: Object.fromEntries(found) } : {};
}

function toObject(tables: Draft['means']): Record<string, Record<string, string>> {
  return Object.fromEntries([...tables].map(([name, figures]) => [name, Object.fromEntries(figures)]));
}

/** Micro means of precision and recall are one number unless items have several labels, or classes are left out. */
function isUnequalMicro(micro: ReadonlyMap<string, string>): boolean {
  return new Set(micro.values()).size > 1;
}

/** Means of unstated kind say nothing sure beside means of stated kinds. */
function statedMeans({ means, notes }: Draft): Draft['means'] {
  const stated = [...means].filter(([kind]) => kind !== 'unspecified');
  const unstated = means.get('unspecified');
  if (!unstated || stated.length === 0) return means;
  for (const [metric, text] of unstated) {
    notes.push({
      line: 0,
      text: `${metric} ${text}`,
      reason: 'a mean of unstated kind beside means of stated kinds',
    });
  }
  return new Map(stated);
}

/** The accuracy, and further prints of it; two that are not one number are a question. */
function chooseAccuracies(printed: readonly PrintedAccuracy[], given: string | undefined): string[] {
  if (given !== undefined) return [];
  const distinct = printed.filter(({ text }, i) => printed.findIndex((other) => other.text === text) === i);
  const [first] = distinct;
  const other = distinct.find(({ text }) => first && !agree(first.text, text));
  if (first && other) {
    throw unreadable(
      `line ${first.line} gives the accuracy ${first.text}, line ${other.line} gives ${other.text}`,
      'keep the accuracy of the evaluation that the table is of',
    );
  }
  return distinct.map(({ text }) => text);
}

/** Whether two prints may be of one number, as far as the coarser goes. */
function agree(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => {
    const digits = text.replace('%', '');
    const scale = text.includes('%') ? 100 : 1;
    return { value: Number(digits) / scale, unit: 10 ** -decimalsOf(text) / scale };
  });
  return Math.abs(x!.value - y!.value) < 1.01 * Math.max(x!.unit, y!.unit);
}
