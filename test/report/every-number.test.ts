import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { tableModels } from '../../src/publish/overview';
import { reportFigures } from '../../src/report/figures/list';
import { formatCells } from '../../src/report/formats/cells';
import type { ReportTable } from '../../src/report/table';
import { reportTables } from '../../src/report/tables/list';
import { tableMistakes } from '../../src/report/tables/mistakes';
import { tableOverall } from '../../src/report/tables/overall';
import { tableTrainings } from '../../src/report/tables/trainings';
import { temporaryFolder } from '../temporary';
import { distinctResults } from './distinct-results';

const parent = temporaryFolder();
const first = distinctResults(parent, { seed: 1, start: 0 });
const runs = [
  first,
  distinctResults(parent, { seed: 2, start: 3000 }),
  distinctResults(parent, { seed: 3, start: 6000 }),
];

interface Trace {
  x: unknown[];
  y: number[];
  z?: number[][];
  name?: string;
  text?: string[];
  size?: number[];
  low?: number[];
  high?: number[];
  error?: string;
  cells?: string[];
  error_y?: { array: number[]; arrayminus: number[] };
  marker?: { size: number[] };
}

let expected: { tables: Record<string, string[][]>; figures: Record<string, Trace[]> };
before(() => {
  const python = process.env.FERLAB_PYTHON ?? join(__dirname, '../../.venv/bin/python');
  const output = execFileSync(python, [join(__dirname, 'second_report.py')], {
    input: JSON.stringify({ runs }),
    encoding: 'utf8',
  });
  expected = JSON.parse(output);
});

/** Takes a table as made, and as expected. */
const check = (name: string, table: ReportTable) => {
  assert.ok(expected.tables[name], `${name} is not computed a second time`);
  assert.deepEqual(formatCells(table), expected.tables[name], name);
};

test('no two numbers of the fixture are equal', () => {
  const numbers: number[] = [];
  JSON.stringify([first.validation, first.test, first.tempered], (_, value) => {
    if (typeof value === 'number') numbers.push(value);
    return value;
  });
  assert.ok(numbers.length > 500);
  assert.equal(new Set(numbers).size, numbers.length);
});

test('every cell of every table of a report', () => {
  const { 'paper-figures': _, ...tables } = reportTables(runs);
  assert.equal(Object.keys(tables).length, 21);
  for (const [name, table] of Object.entries(tables)) check(name, table);
});

test('every cell of the tables that notebooks, cards and commands show besides', () => {
  check('overall', tableOverall(first.test));
  check('mistakes', tableMistakes(first, 5));
  assert.deepEqual(
    formatCells(tableTrainings(runs)).map((row) => row.slice(2)),
    expected.tables.trainings,
  );
  assert.deepEqual(
    formatCells(tableModels(runs)).filter(([name]) => name!.startsWith('fake')),
    expected.tables.models,
  );
});

test('every value of every figure of a report', () => {
  const figures = reportFigures(first);
  assert.deepEqual(Object.keys(figures).sort(), Object.keys(expected.figures).sort());
  for (const [name, { data }] of Object.entries(figures)) {
    if (name.startsWith('confusion-matrix')) continue;
    const traces = data as Trace[];
    const wanted = expected.figures[name]!;
    assert.equal(traces.length, wanted.length, name);
    for (const [i, trace] of traces.entries()) checkTrace(`${name}, trace ${i}`, trace, wanted[i]!);
  }
});

test('every cell of the confusion matrix as a figure', () => {
  for (const name of ['confusion-matrix', 'confusion-matrix-without-copies']) {
    const [heat, ...texts] = reportFigures(first)[name]!.data as unknown as Trace[];
    const [shares, words] = expected.figures[name]!;
    assert.deepEqual([heat!.x, heat!.y, heat!.z], [shares!.x, shares!.y, shares!.z]);
    const cells = texts.flatMap(({ x, y, text }) => text!.map((cell, i) => `${y[i]} ${x[i]} ${cell}`));
    assert.deepEqual(cells.sort(), words!.cells);
  }
});

function checkTrace(name: string, trace: Trace, wanted: Trace): void {
  assert.deepEqual(trace.x, wanted.x, name);
  assert.deepEqual(trace.y, wanted.y, name);
  if (wanted.text) assert.deepEqual(trace.text, wanted.text, name);
  if (wanted.error) assert.ok(trace.name!.endsWith(wanted.error), `${name}: ${trace.name}`);
  const near = (values: number[], others: number[]) =>
    values.every((value, i) => Math.abs(value - others[i]!) < 1e-12);
  if (wanted.size) assert.ok(near(trace.marker!.size, wanted.size), name);
  if (!wanted.low) return;
  const { array, arrayminus } = trace.error_y!;
  assert.ok(
    near(
      trace.y.map((value, i) => value + array[i]!),
      wanted.high!,
    ),
    `${name}: upper ends`,
  );
  assert.ok(
    near(
      trace.y.map((value, i) => value - arrayminus[i]!),
      wanted.low,
    ),
    `${name}: lower ends`,
  );
}
