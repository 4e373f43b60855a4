import type { Claim, ReadTable } from '@ferlab/audit';
import { editorOf, elementOf } from './editor';
import { readLink, type Saved, writeLink } from './link';
import type { Answer, Question } from './messages';

// Paste on the left, the table as read in the middle, the verdict on the right, live.

const byId = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const text = byId<HTMLTextAreaElement>('text');
const items = byId<HTMLInputElement>('n');
const runs = byId<HTMLInputElement>('runs');
const folds = byId<HTMLInputElement>('folds');
const rounding = byId<HTMLSelectElement>('rounding');
const claims = byId<HTMLSelectElement>('claims');
const [read, verdict, status] = [byId('read'), byId('verdict'), byId('status')];
const source = URL.createObjectURL(new Blob([byId('worker').textContent!], { type: 'text/javascript' }));

/** Milliseconds without typing before an audit begins. */
const PAUSE = 300;

let worker: Worker | undefined;
let tables: ReadTable[] = [];
let reports: string[] = [];
let timer = 0;

/** Sends a question to a new worker: the one before may be busy with what is no longer asked. */
function ask(question: Question): void {
  worker?.terminate();
  reports = [];
  status.textContent = 'auditing';
  worker = new Worker(source);
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => receive(data));
  worker.postMessage(question);
}

function receive(answer: Answer): void {
  if (answer.kind === 'error') {
    status.textContent = 'not read';
    tables = [];
    show();
    verdict.replaceChildren(
      elementOf('p', { class: 'error' }, answer.message),
      elementOf('p', {}, `What to do: ${answer.remedy}.`),
    );
    return;
  }
  if (answer.kind === 'read') tables = [...answer.tables];
  else {
    reports[answer.index] = answer.html;
    const titles = tables.map(({ claim }) => claim.title);
    const option = claims.options[answer.index];
    if (option) option.text = `${titles[answer.index]}: ${answer.verdict}`;
    if (Object.keys(reports).length === tables.length)
      status.textContent = `audited: ${tables.length} ${tables.length === 1 ? 'claim' : 'claims'}`;
  }
  show(answer.kind === 'read');
}

/** Shows the chosen claim; its table only when it is new, so that no field loses the cursor. */
function show(isNew = true): void {
  if (isNew) {
    const chosen = Math.min(Math.max(0, claims.selectedIndex), tables.length - 1);
    claims.replaceChildren(...tables.map(({ claim }) => elementOf('option', {}, claim.title)));
    claims.selectedIndex = chosen;
    byId('choice').hidden = tables.length < 2;
  }
  const index = Math.max(0, claims.selectedIndex);
  const shown = tables[index];
  if (isNew) read.replaceChildren(...(shown ? [editorOf(shown, (claim) => edited(index, claim))] : []));
  verdict.innerHTML = reports[index] ?? (shown ? '<p>…</p>' : '');
}

function edited(index: number, claim: Claim): void {
  tables = tables.map((table, i) => (i === index ? { ...table, claim } : table));
  save({ text: text.value, options: optionsOf(), claims: tables.map((table) => table.claim) });
  ask({ tables });
}

/** What the figures are means over. */
function aggregationOf(): Pick<Claim, 'aggregation'> {
  if (folds.value) return { aggregation: { kind: 'folds', count: Number(folds.value) } };
  if (!runs.value) return {};
  const count = Number(runs.value);
  return { aggregation: count === 1 ? { kind: 'single' } : { kind: 'runs', count } };
}

/** What is known besides the text. */
function optionsOf(): Partial<Claim> {
  return {
    ...(items.value && { n: Number(items.value) }),
    ...aggregationOf(),
    ...(rounding.value && { rounding: rounding.value as 'nearest' }),
  };
}

function readText(): void {
  save({ text: text.value, options: optionsOf() });
  if (text.value.trim() === '') {
    worker?.terminate();
    tables = [];
    status.textContent = 'paste a table';
    show();
  } else ask({ text: text.value, options: optionsOf() });
}

function save(saved: Saved): void {
  const hash = writeLink(saved);
  history.replaceState(null, '', hash);
  byId<HTMLAnchorElement>('link').href = hash;
}

for (const input of [text, items, runs, folds, rounding]) {
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(readText, PAUSE);
  });
}
claims.addEventListener('change', () => {
  read.replaceChildren(
    editorOf(tables[claims.selectedIndex]!, (claim) => edited(claims.selectedIndex, claim)),
  );
  show(false);
});
byId('print').addEventListener('click', () => window.print());

const saved = readLink(location.hash);
if (saved) {
  const { options } = saved;
  text.value = saved.text;
  items.value = options.n === undefined ? '' : String(options.n);
  rounding.value = options.rounding ?? '';
  const { aggregation } = options;
  runs.value =
    aggregation?.kind === 'runs' ? String(aggregation.count) : aggregation?.kind === 'single' ? '1' : '';
  folds.value = aggregation?.kind === 'folds' ? String(aggregation.count) : '';
}
if (saved?.claims) {
  tables = saved.claims.map((claim) => ({ claim, notes: [] }));
  show();
  ask({ tables });
} else readText();
