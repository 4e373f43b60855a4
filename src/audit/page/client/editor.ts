import { type Claim, changeField, describeUnused, printedIn, type ReadTable } from '@ferlab/audit';

/** An element with attributes and children; text is put in as text. */
export function elementOf(
  tag: string,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const METRICS = ['accuracy', 'precision', 'recall', 'f1'] as const;
const RATES = ['specificity', 'npv', 'fpr', 'fnr', 'jaccard', 'f2', 'f05'] as const;

const OVERALL = [
  { field: 'accuracy', label: 'accuracy' },
  { field: 'deviations.accuracy', label: 'standard deviation of the accuracy' },
  { field: 'errorRate', label: 'errorRate' },
  { field: 'auc', label: 'area under the ROC curve' },
  { field: 'gMean', label: 'G-mean' },
  { field: 'agreement.kappa', label: "Cohen's kappa" },
  { field: 'agreement.mcc', label: "Matthews' correlation" },
  { field: 'n', label: 'n' },
] as const;

interface Column {
  readonly title: string;
  readonly fieldOf: (name: string) => string;
}

function columnsOf({ perClass = {}, rates = {}, supports }: Claim): Column[] {
  return [
    ...METRICS.filter((metric) => perClass[metric]).map((metric) => ({
      title: metric,
      fieldOf: (name: string) => `perClass.${metric}.${name}`,
    })),
    ...RATES.filter((rate) => rates[rate]).map((rate) => ({
      title: rate,
      fieldOf: (name: string) => `rates.${rate}.${name}`,
    })),
    ...(supports ? [{ title: 'items', fieldOf: (name: string) => `supports.${name}` }] : []),
  ];
}

/** The claim as tables whose figures can be changed. */
export function editorOf({ claim, notes }: ReadTable, changed: (claim: Claim) => void): HTMLElement {
  const input = (field: string, label: string) => inputFor(claim, { field, label }, changed);
  const tops = Object.keys(claim.topK ?? {}).map((k) => ({ field: `topK.${k}`, label: `top-${k} accuracy` }));
  const overall = [...OVERALL, ...tops].filter(({ field }) => printedIn(claim, field) !== undefined);
  const means = Object.entries(claim.means ?? {}).flatMap(([kind, table]) =>
    Object.keys(table ?? {}).map((metric) => ({
      field: `means.${kind}.${metric}`,
      label: `${kind} mean of ${metric}`,
    })),
  );
  const rows = [...overall, ...means];
  return elementOf(
    'div',
    {},
    elementOf('h3', {}, claim.title),
    classTable(claim, input),
    table(
      'other figures',
      ['', 'figure'],
      rows.map(({ field, label }) => [label, input(field, label)]),
    ),
    matrixTable(claim, input),
    elementOf('ul', {}, ...notes.map((note) => elementOf('li', {}, describeUnused(note)))),
  );
}

function classTable(claim: Claim, input: (field: string, label: string) => Node): Node {
  const columns = columnsOf(claim);
  const rows = claim.classes.map((name) => [
    name,
    ...columns.map(({ title, fieldOf }) => input(fieldOf(name), `${title} of ${name}`)),
  ]);
  return columns.length
    ? table('figures of the classes', ['class', ...columns.map(({ title }) => title)], rows)
    : ('' as unknown as Node);
}

function matrixTable(claim: Claim, input: (field: string, label: string) => Node): Node {
  const { confusion, classes } = claim;
  if (!confusion) return document.createTextNode('');
  const rows = classes.map((name) => [
    name,
    ...classes.map((other, j) => input(`confusion.rows.${name}[${j}]`, `${name} predicted as ${other}`)),
  ]);
  const what = confusion.normalised === 'counts' ? 'counts' : `shares of ${confusion.normalised}`;
  return elementOf(
    'div',
    {},
    elementOf('p', {}, `Confusion matrix, ${what}, rows are true classes`),
    table('confusion matrix', ['true', ...classes], rows),
  );
}

/** A table that scrolls by itself where it is too wide. @param name what readers of the screen hear */
function table(
  name: string,
  head: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLElement {
  if (rows.length === 0) return elementOf('div');
  const first = elementOf(
    'tr',
    {},
    ...head.map((title) =>
      elementOf(title === '' ? 'td' : 'th', title === '' ? {} : { scope: 'col' }, title),
    ),
  );
  const body = rows.map(([label, ...cells]) =>
    elementOf(
      'tr',
      {},
      elementOf('th', { scope: 'row' }, label!),
      ...cells.map((cell) => elementOf('td', {}, cell)),
    ),
  );
  return elementOf(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': name },
    elementOf('table', {}, first, ...body),
  );
}

/** A field of the claim; what is typed there takes its place when the reader leaves it. */
function inputFor(
  claim: Claim,
  { field, label }: { field: string; label: string },
  changed: (claim: Claim) => void,
): HTMLElement {
  const printed = printedIn(claim, field) ?? '';
  const input = elementOf('input', {
    'aria-label': label,
    value: printed,
    size: String(Math.max(4, printed.length)),
  }) as HTMLInputElement;
  input.addEventListener('change', () => {
    const text = input.value.trim();
    changed(changeField(claim, field, text === '' ? undefined : text));
  });
  return input;
}
