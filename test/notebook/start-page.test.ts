import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labNames } from '../../src/notebook/lab/labs';
import { NOTEBOOKS } from '../../src/notebook/run-notebooks';
import { startPage } from '../../src/notebook/start-page';

test('the start page names every notebook and the copy of every lab, with title and goal', () => {
  const page = startPage();
  for (const name of NOTEBOOKS)
    assert.match(page, new RegExp(`^\\*\\*\\[\\d .+\\]\\(${name}\\.ipynb\\)\\*\\*  \n.{20}`, 'm'));
  for (const name of labNames())
    assert.match(
      page,
      new RegExp(`^- \\[Lab \\d: .+\\]\\(\\.\\./labs/out/students/${name}\\.ipynb\\): .{20}`, 'm'),
    );
  assert.match(page, /npx ferlab lab check labs\/out\/students\//);
});
