import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { joinText, readNotebook } from '../../src/notebook/notebook-file';
import { mayShowPeople } from '../../src/notebook/refresh';
import { temporaryFolder } from '../temporary';
import { codeCells } from './cells';
import { runSmoke } from './run-smoke';

test('notebook 7 takes a drawn face through every stage, and has no error', (t) => {
  const name = '07-from-photo-to-emotion';
  const { out, outcome } = runSmoke(temporaryFolder(t), [name]);
  assert.equal(outcome, undefined, 'it makes no tables of a run');
  const cells = codeCells(readNotebook(join(out, `${name}.ipynb`)));
  assert.deepEqual(
    cells.map((cell) => cell.execution_count),
    cells.map((_, i) => i + 1),
  );
  const outputs = cells.flatMap((cell) => [...(cell.outputs ?? [])]);
  for (const output of outputs) {
    assert.notEqual(output.output_type, 'error');
    assert.notEqual(output.name, 'stderr');
    assert.ok(!mayShowPeople(output), 'a drawn face is nobody');
  }
  const figures = outputs.filter((output) => output.data?.['application/vnd.plotly.v1+json']);
  assert.equal(figures.length, 3, 'detectors side by side, Figure 1, what the network looks at');
  const words = outputs.map(({ data }) => joinText((data?.['text/plain'] ?? '') as string)).join('\n');
  for (const word of ['mtcnn', 'viola-jones', 'Surprise']) assert.ok(words.includes(word), word);
});
