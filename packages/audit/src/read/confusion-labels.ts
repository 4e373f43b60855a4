import { plain } from './words';

/** Words for predictions. */
const PREDICTED =
  /predi|predit|pred\b|\bresponse\b|classified|output|estimat|assigned|vorherg|voraus|wynik|预测|預測|予測|예측|предсказ/i;
/** Words for true classes. */
const TRUE =
  /actual|aktual|true|real|refer|truth|gold|target|observ|label|wahr|tatsächlich|vrai|真实|真實|実際|실제|истин/i;

export interface Labels {
  readonly bare: readonly string[];
  /** What stood before or behind every label, such as `Predicted`. */
  readonly common: string;
}

/** Takes off the word that all labels begin or end with. */
export function bareLabels(labels: readonly string[]): Labels {
  const words = labels.map((label) => label.replace(/[:_]/g, ' ').trim().split(/\s+/));
  const first = words[0]?.[0] ?? '';
  const last = words[0]?.at(-1) ?? '';
  const longer = labels.length > 1 && words.every((own) => own.length > 1);
  const marks = (word: string) => PREDICTED.test(word) || TRUE.test(word) || /^class$/i.test(word);
  if (longer && marks(first) && words.every((own) => own[0] === first)) {
    return { bare: words.map((own) => own.slice(1).join(' ')), common: first };
  }
  if (longer && marks(last) && words.every((own) => own.at(-1) === last)) {
    return { bare: words.map((own) => own.slice(0, -1).join(' ')), common: last };
  }
  return { bare: labels, common: '' };
}

/** Whether a short title stands for a class, as in `Neutral (N)` or `N`. */
export function sameClass(long: string, short: string): boolean {
  const [a, b] = [plain(long), plain(short)];
  if (a === b) return true;
  const inBrackets = /[([]([^()[\]]+)[)\]]/.exec(long)?.[1];
  return (
    (inBrackets !== undefined && plain(inBrackets) === b) ||
    (b.length > 0 && b.length < a.length && a.startsWith(b))
  );
}

/** For each row the column of the same class; undefined when one has none. */
export function matchLabels(rows: readonly string[], columns: readonly string[]): number[] | undefined {
  const exact = rows.map((row) => columns.findIndex((column) => plain(row) === plain(column)));
  const found = exact.every((k) => k >= 0)
    ? exact
    : rows.map((row, i) => {
        const own = exact[i]!;
        if (own >= 0) return own;
        const long = (column: string, k: number) =>
          (sameClass(row, column) || sameClass(column, row)) && !exact.includes(k);
        const inOrder = columns[i] !== undefined && long(columns[i]!, i);
        return inOrder ? i : columns.findIndex(long);
      });
  const distinct = new Set(found).size === rows.length;
  return found.every((k) => k >= 0) && distinct ? found : undefined;
}

/** A line that says that the rows are predictions, or the columns true classes. */
const SAYS_PREDICTED =
  /\brows?\b(?:(?!col|actual|true|real|refer|truth)[^.;,]){0,40}\bpredict|\bcol(?:umn)?s?\b(?:(?!row|predict)[^.;,]){0,40}\b(?:true|actual|real|reference|ground|gold)/i;

/** Whether the rows of a matrix are predictions, by the words around it. */
export function rowsArePredicted(
  { corner, above }: { corner: string; above: readonly string[] },
  rows: string,
  columns: string,
): boolean {
  if (PREDICTED.test(rows) || TRUE.test(columns)) return true;
  if (TRUE.test(rows) || PREDICTED.test(columns)) return false;
  const [first = '', second = ''] = corner.split(/\s*(?:\\|\/|\||↓|→|vs\.?|by)\s*/);
  if (second !== '') return PREDICTED.test(first) && !PREDICTED.test(second);
  if (PREDICTED.test(first)) return true;
  // caret prints the name of the columns above them.
  const isSaid = (text: string) => /^\s*reference\s*$/i.test(text) || SAYS_PREDICTED.test(text);
  return /^prediction/i.test(corner) || above.some(isSaid);
}

/** Whether a title says on which side of a matrix it stands, such as `Actual` or `Predicted class`. */
export function namesSide(title: string): boolean {
  return PREDICTED.test(title) || TRUE.test(title);
}
