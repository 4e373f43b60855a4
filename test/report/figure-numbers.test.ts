import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableOfFigure } from '../../src/report/figures/numbers';
import { cellsOf } from '../../src/report/table';

test('bars become rows with the ends of their error bars', () => {
  const table = tableOfFigure({
    data: [
      {
        type: 'bar',
        name: 'ours',
        x: ['Happy', 'Sad'],
        y: [0.9, 0.5],
        error_y: { array: [0.02, 0.1], arrayminus: [0.03, 0.2] },
      },
      { type: 'bar', name: 'paper', x: ['Happy', 'Sad'], y: [0.85, 0.71] },
    ],
    layout: {
      title: { text: 'Recall<br>by class' },
      xaxis: { title: { text: '' } },
      yaxis: { title: { text: 'Recall' } },
    },
  });
  assert.equal(table.title, 'Recall by class');
  assert.deepEqual(
    table.columns.map(({ name }) => name),
    ['Series', 'x', 'Recall', 'Low', 'High'],
  );
  const rounded = cellsOf(table).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? Number(cell.toFixed(6)) : cell)),
  );
  assert.deepEqual(rounded, [
    ['ours', 'Happy', 0.9, 0.87, 0.92],
    ['ours', 'Sad', 0.5, 0.3, 0.6],
    ['paper', 'Happy', 0.85, undefined, undefined],
    ['paper', 'Sad', 0.71, undefined, undefined],
  ]);
});

test('error bars along x belong to the values on x', () => {
  const data = [{ x: [0.7], y: ['people'], error_x: { array: [0.05] } }];
  const [row] = cellsOf(tableOfFigure({ data, layout: {} }));
  assert.deepEqual(row!.slice(0, 2), [0.7, 'people']);
  assert.deepEqual(
    row!.slice(2).map((cell) => Number((cell as number).toFixed(6))),
    [0.65, 0.75],
  );
});

test('a heat map gives a row for each cell, and its lettering none', () => {
  const table = tableOfFigure({
    data: [
      {
        type: 'heatmap',
        x: ['a', 'b'],
        y: ['a', 'b'],
        z: [
          [1, 2],
          [3, 4],
        ],
      },
      { type: 'scatter', mode: 'text', x: ['a'], y: ['b'], text: ['3'] },
    ],
    layout: { xaxis: { title: { text: 'predicted' } }, yaxis: { title: { text: 'true' } } },
  });
  assert.deepEqual(cellsOf(table), [
    ['a', 'a', 1],
    ['b', 'a', 2],
    ['a', 'b', 3],
    ['b', 'b', 4],
  ]);
});

test('traces of several panels say what they show', () => {
  const table = tableOfFigure({
    data: [
      { name: 'training', x: [1], y: [2.1], yaxis: 'y' },
      { name: 'training', x: [1], y: [0.4], yaxis: 'y2' },
    ],
    layout: {
      xaxis: { title: { text: 'epoch' } },
      yaxis: { title: { text: 'loss' } },
      yaxis2: { title: { text: 'accuracy' } },
    },
  });
  assert.deepEqual(cellsOf(table), [
    [1, 'loss', 2.1],
    [1, 'accuracy', 0.4],
  ]);
});
