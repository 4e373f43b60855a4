import type { AgreementMeasure } from '../claim/claim';
import { countOf, figureOf } from './cells';
import { enterDeviation } from './deviation';
import { type Draft, enter, enterAgreement } from './draft';
import { enterInterval } from './interval-text';
import { meanOf } from './mean-words';
import { agreementNamed, columnOf, isAccuracy, isRate, plain } from './words';

/** What the words before a figure name. */
type Measure =
  | { readonly type: 'accuracy' | 'items' | 'error' | 'area' | 'g-mean' }
  | { readonly type: 'top'; readonly k: string }
  | { readonly type: 'agreement'; readonly measure: AgreementMeasure }
  | { readonly type: 'unused'; readonly reason: string }
  | { readonly type: 'mean'; readonly kind: string; readonly metric: string };

const KINDS = /\b(macro|weighted|micro|overall|average|avg|mean)\b|宏|加权|加權|微/i;

/** Other names: balanced accuracy and unweighted average recall are the macro recall, weighted average recall the accuracy; the geometric mean. */
const SYNONYMS: readonly (readonly [RegExp, Measure])[] = [
  [
    /^(?:test )?(?:uar|unweighted average recall|balanced acc(?:uracy)?(?: score)?)$/i,
    { type: 'mean', kind: 'macro', metric: 'recall' },
  ],
  [/^(?:test )?(?:war|weighted average recall)$/i, { type: 'accuracy' }],
  [
    /^accuracy of the (?:network|model|net|classifier) on\b/i,
    { type: 'unused', reason: "PyTorch's tutorial cuts its decimals off" },
  ],
  [/^(?:test )?(?:g ?means?|geometric means?)(?: score)?$/i, { type: 'g-mean' }],
];

/** What a label such as `Macro F1`, `Precision (weighted)` or `Accuracy` names; undefined for anything else. */
export function measureOf(label: string): Measure | undefined {
  const words = label.replace(/[_-]/g, ' ');
  if (/\b(?:train(?:ing)?|val|valid(?:ation)?|dev)\b/i.test(words)) {
    return { type: 'unused', reason: 'of another part of the data' };
  }
  const synonym = SYNONYMS.find(([pattern]) => pattern.test(words.trim()))?.[1];
  if (synonym) return synonym;
  if (/\bmacro\b.*\bacc|\bbalanced\b/i.test(words))
    return { type: 'unused', reason: 'a mean of class accuracies' };
  if (isAccuracy(words)) return { type: 'accuracy' };
  if (/^(?:test |classification |oob estimate of )?error rate$/i.test(words.trim())) return { type: 'error' };
  if (/^(?:n|total|items|samples|test samples|total samples|number of samples)$/i.test(words.trim()))
    return { type: 'items' };
  const top = /^(?:test )?top ?(\d{1,3})(?: acc(?:uracy)?\.?)?(?: score)?$/i.exec(words.trim())?.[1];
  if (top) return Number(top) > 1 ? { type: 'top', k: top } : { type: 'accuracy' };
  if (/^(?:test )?(?:roc ?)?au(?:ro)?c(?: ?roc)?(?: score)?$/i.test(words.trim())) return { type: 'area' };
  const agreement = agreementNamed(words);
  if (agreement) return { type: 'agreement', measure: agreement };
  const kind = KINDS.exec(words)?.[0]?.toLowerCase();
  const bare = words
    .replace(KINDS, ' ')
    .replace(/[()[\]]/g, ' ')
    .replace(/\b(?:test|score|of|the)\b/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const column = columnOf(bare);
  if (!column) return undefined;
  if (column === 'other' || column === 'support' || isRate(column))
    return { type: 'unused', reason: 'not audited' };
  if (column === 'accuracy') {
    const isMean = kind !== undefined && kind !== 'micro';
    return isMean ? { type: 'unused', reason: 'a mean of class accuracies' } : { type: 'accuracy' };
  }
  return { type: 'mean', kind: (kind && meanOf(kind)) || 'unspecified', metric: column };
}

/** Enters the figure that stands beside the name of a measure. */
export function enterMeasure(
  draft: Draft,
  label: string,
  { cell, line }: { cell: string; line: number },
): boolean {
  const measure = measureOf(label);
  const figure = figureOf(cell);
  if (!measure) return false;
  if (measure.type === 'unused' || !figure) {
    const reason = measure.type === 'unused' ? measure.reason : 'no figure';
    draft.notes.push({ line, text: `${label}: ${cell}`, reason });
    return true;
  }
  if (figure.isUncertain) draft.uncertain ??= line;
  const text = !figure.isPercent && Number(figure.text) > 1.5 ? `${figure.text}%` : figure.text;
  const known = measure.type === 'mean' ? draft.means.get(measure.kind)?.get(measure.metric) : undefined;
  if (known !== undefined && known !== text && isSynonym(label)) {
    draft.notes.push({ line, text: `${label}: ${cell}`, reason: `the macro recall is read from ${known}` });
  } else if (measure.type === 'mean') enter(draft.means, measure.kind, { key: measure.metric, text, line });
  else if (measure.type === 'top') enterTop(draft, measure.k, { text, line });
  else if (measure.type === 'area') draft.area ??= { text, line };
  else if (measure.type === 'g-mean') draft.gMean ??= { text, line };
  else if (measure.type === 'agreement') enterAgreement(draft, measure.measure, { text, line });
  else if (measure.type === 'error') draft.errorRate ??= text;
  else if (measure.type === 'accuracy') {
    draft.accuracies.push({ text, line });
    enterInterval(draft, { table: 'accuracy', key: '' }, { figure: { ...figure, text }, title: label });
    enterDeviation(draft, { ...figure, text }, label);
  } else draft.n ??= countOf(cell);
  return true;
}

/** The first print of a top-k accuracy is kept; another is told. */
function enterTop({ topK, notes }: Draft, k: string, { text, line }: { text: string; line: number }): void {
  const known = topK.get(k);
  if (known === undefined) topK.set(k, text);
  else if (known !== text) notes.push({ line, text: `top-${k} ${text}`, reason: `it is read from ${known}` });
}

/** Whether a label names a measure by another name, under which it may be printed once more. */
function isSynonym(label: string): boolean {
  return SYNONYMS.some(([pattern]) => pattern.test(label.replace(/[_-]/g, ' ').trim()));
}

/** Whether a label names a measure. */
export function isMeasure(label: string): boolean {
  return plain(label) !== '' && measureOf(label) !== undefined;
}
