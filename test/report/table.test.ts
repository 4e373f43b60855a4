import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatCells } from '../../src/report/formats/cells';
import { tableCsv } from '../../src/report/formats/csv';
import { toDataFrame } from '../../src/report/formats/data-frame';
import { flatTable } from '../../src/report/formats/flat';
import { tableHtml } from '../../src/report/formats/html';
import { tableJson } from '../../src/report/formats/json';
import { escapeLatex, tableLatex } from '../../src/report/formats/latex';
import { tableMarkdown } from '../../src/report/formats/markdown';
import { tableText } from '../../src/report/formats/text';
import { arrayColumns, type Cell, column, type ReportTable } from '../../src/report/table';

interface Line {
  name: string;
  printed: string;
  recall: number | null;
  difference: number;
  interval: readonly [number, number] | null;
  images: number;
}

const line = (
  name: string,
  printed: string,
  rest: Pick<Line, 'recall' | 'difference' | 'interval' | 'images'>,
): Line => ({
  name,
  printed,
  ...rest,
});

const TABLE: ReportTable<Line> = {
  title: 'Table I. A & B <50 %> of "all"',
  columns: [
    column('Class', ({ name }) => name),
    column('Paper', ({ printed }) => printed, { printed: true }),
    column('Ours: recall', ({ recall }) => recall, { decimals: 3 }),
    column('Difference: recall', ({ difference }) => difference, { decimals: 3, signed: true }),
    column('95 % interval', ({ interval }) => interval, { decimals: 3 }),
    column('Images', ({ images }) => images, { decimals: 0, thousands: true }),
  ],
  rows: [
    line('a, "b"', '0.8', { recall: 0.84651, difference: 0.04651, interval: [0.8, 0.9], images: 12345 }),
    line('c|d_e', '35,887', { recall: 0.5, difference: -0.0004, interval: [-0.41239, 1], images: 7 }),
    line('f', '0.92', { recall: null, difference: -0.25, interval: null, images: 0 }),
  ],
  notes: ['50 % of x_1 & y', 'a "quoted" word'],
};

const grid = (names: readonly string[], rows: readonly (readonly Cell[])[]): ReportTable => ({
  columns: arrayColumns(names),
  rows,
});

test('cells are written as their column wants them', () => {
  assert.deepEqual(formatCells(TABLE), [
    ['a, "b"', '0.8', '0.847', '+0.047', '0.800 to 0.900', '12,345'],
    ['c|d_e', '35,887', '0.500', '0.000', '−0.412 to 1.000', '7'],
    ['f', '0.92', '–', '−0.250', '–', '0'],
  ]);
});

test('large numbers without format have fewer decimals', () => {
  const rows = [
    [2370.0672, 126.5377, 35887],
    [2437, 9.25, 1],
  ];
  assert.deepEqual(formatCells(grid(['a', 'b', 'c'], rows)), [
    ['2370.1', '126.54', '35887'],
    ['2437.0', '9.25', '1'],
  ]);
});

test('a column without format has the decimals of its longest number, at most four', () => {
  const rows = [
    [0.85, 1, 1 / 3, 'x', null],
    [0.8, 20, 2, '', Number.NaN],
  ];
  assert.deepEqual(formatCells(grid(['a', 'b', 'c', 'd', 'e'], rows)), [
    ['0.85', '1', '0.3333', 'x', ''],
    ['0.80', '20', '2.0000', '', ''],
  ]);
});

test('programs get numbers, and an interval as two columns', () => {
  const { columns, rows } = flatTable(TABLE);
  assert.deepEqual(columns.slice(4), ['95 % interval, low', '95 % interval, high', 'Images']);
  assert.deepEqual(rows[0], ['a, "b"', 0.8, 0.847, 0.047, 0.8, 0.9, 12345]);
  assert.deepEqual(rows[1]!.slice(1, 3), [35887, 0.5]);
  assert.deepEqual(rows[2], ['f', 0.92, null, -0.25, null, null, 0]);
});

test('CSV quotes commas, quotes and line ends, and nothing else', () => {
  const [head, first, second] = tableCsv(TABLE).split('\r\n');
  assert.equal(
    head,
    'Class,Paper,Ours: recall,Difference: recall,"95 % interval, low","95 % interval, high",Images',
  );
  assert.equal(first, '"a, ""b""",0.8,0.847,0.047,0.8,0.9,12345');
  assert.equal(second, 'c|d_e,35887,0.5,0,-0.412,1,7');
  assert.equal(tableCsv(grid(['a'], [['x\ny'], ['']])), 'a\r\n"x\ny"\r\n\r\n');
});

test('LaTeX: every special character is escaped', () => {
  assert.equal(
    escapeLatex('50 % & x_1 #2 $3 {a} ~ ^ \\'),
    '50 \\% \\& x\\_1 \\#2 \\$3 \\{a\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}',
  );
  assert.equal(escapeLatex('a "b" c − ± ≈ –'), "a ``b'' c $-$ $\\pm$ $\\approx$ --");
  assert.equal(escapeLatex('<b> | c'), '\\textless{}b\\textgreater{} \\textbar{} c');
});

test('LaTeX: booktabs, one column for each of the table, heads broken behind the colon', () => {
  const latex = tableLatex(TABLE);
  assert.match(latex, /\\begin\{tabular\}\{@\{\}lrrrrr@\{\}\}/);
  for (const rule of ['toprule', 'midrule', 'bottomrule']) assert.ok(latex.includes(`\\${rule}`));
  assert.ok(latex.includes("\\caption{A \\& B \\textless{}50 \\%\\textgreater{} of ``all''}"));
  const lines = latex.split('\n').filter((line) => line.endsWith(' \\\\'));
  assert.equal(lines.length, 2 + TABLE.rows.length);
  for (const line of lines) assert.equal(line.split(/(?<!\\)&/).length, TABLE.columns.length, line);
  assert.equal(lines[0]!.trim(), '&  & Ours: & Difference: &  &  \\\\');
  const braces = (character: string) => latex.replace(/\\[{}]/g, '').split(character).length;
  assert.equal(braces('{'), braces('}'));
});

test('Markdown: as many cells in each line, and no character that it would take for its own', () => {
  const lines = tableMarkdown(TABLE)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  assert.equal(lines.length, 2 + TABLE.rows.length);
  for (const line of lines) assert.equal(line.split(/(?<!\\)\|/).length, TABLE.columns.length + 2, line);
  assert.equal(lines[1], '| :--- | ---: | ---: | ---: | ---: | ---: |');
  assert.ok(lines[3]!.includes('c\\|d\\_e'));
  assert.ok(tableMarkdown({ ...TABLE, title: 'R&D &lt; 1' }).startsWith('**R&D &amp;lt; 1**'));
  assert.ok(tableMarkdown(TABLE).startsWith('**Table I. A & B &lt;50 %> of "all"**'));
});

test('HTML is escaped, and numbers stand to the right', () => {
  const html = tableHtml(TABLE);
  assert.ok(html.includes('A &amp; B &lt;50 %&gt; of &quot;all&quot;'));
  assert.ok(html.includes('<td style="text-align:right;padding:2px 8px;white-space:nowrap">0.847</td>'));
  assert.ok(html.includes('<td style="text-align:left;padding:2px 8px">a, &quot;b&quot;</td>'));
  assert.equal(html.match(/<tr>/g)?.length, 1 + TABLE.rows.length);
});

test('text has aligned columns', () => {
  const lines = tableText(TABLE).split('\n');
  assert.equal(lines[2]!.indexOf('0.847') + 5, lines[3]!.indexOf('0.500') + 5);
});

test('JSON has title, notes and an object for each row', () => {
  const json = JSON.parse(tableJson(TABLE));
  assert.equal(json.title, TABLE.title);
  assert.deepEqual(json.notes, TABLE.notes);
  assert.equal(json.rows[0]['95 % interval, high'], 0.9);
  assert.equal(json.rows[2]['Ours: recall'], null);
});

test('the Danfo frame can be computed with', () => {
  const frame = toDataFrame(TABLE);
  assert.deepEqual(frame.shape, [3, 7]);
  assert.deepEqual(frame.column('Images').values, [12345, 7, 0]);
  assert.equal(frame.column('Images').max(), 12345);
  assert.deepEqual(frame.column('Paper').values, [0.8, 35887, 0.92]);
});

test('LaTeX: a table takes both columns of the page, and then smaller letters, when its cells need the room', () => {
  const head = (width: number) => tableLatex(grid(['a', 'b'], [['x'.repeat(width), 'y']]));
  assert.match(head(51), /\\begin\{table\}[\s\S]*\\small/);
  assert.match(head(52), /\\begin\{table\*\}[\s\S]*\\small/);
  assert.match(head(108), /\\small/);
  assert.match(head(109), /\\begin\{table\*\}[\s\S]*\\scriptsize/);
});
