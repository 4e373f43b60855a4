import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readNotebook } from '../../src/notebook/notebook-file';
import { temporaryFolder } from '../temporary';
import { codeCells } from './cells';
import { runSmoke } from './run-smoke';

test('notebook 6 trains its small study, and has no error', (t) => {
  const name = '06-what-each-change-is-worth';
  const { out, outcome } = runSmoke(temporaryFolder(t), [name]);
  assert.equal(outcome, undefined, 'it makes no tables of a run');
  const cells = codeCells(readNotebook(join(out, `${name}.ipynb`)));
  for (const output of cells.flatMap((cell) => cell.outputs ?? [])) {
    assert.notEqual(output.output_type, 'error');
    assert.notEqual(output.name, 'stderr');
  }
  assert.match(JSON.stringify(cells.at(-1)!.outputs), /tenth of the learning rate/);
});
