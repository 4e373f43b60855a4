import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../dataset/files';
import { runMany } from './run-lists';

test('paths and addresses that are wrong end with a line and a remedy, never with a stack, and leave nothing', (t) => {
  const folder = scratchFolder(t);
  const runs = join(folder, 'runs');
  symlinkSync('/nowhere/at/all', join(folder, 'dangling.csv'));
  mkdirSync(join(folder, 'links'));
  symlinkSync('/nowhere/at/all.csv', join(folder, 'links', 'fer2013.csv'));
  const cases: [words: string[], pattern: RegExp][] = [
    [['data', 'info', '--data', ''], /--data is empty/],
    [['train', '--data', ''], /--data is empty/],
    [['data', 'info', '--data', join(folder, 'dangling.csv')], /no such file or folder/],
    [
      ['data', 'info', '--data', join(folder, 'links')],
      /no FER-2013 in it \(not used, links that lead nowhere: 1 file/,
    ],
    [['data', 'sample', '--out', '/proc/none/faces.png'], /no such file or folder/],
    [['data', 'sample', '--out', folder], /it is a folder/],
    [
      ['data', 'fetch', '--from', 'notaurl', '--out', join(folder, 'out')],
      /"notaurl" is not a server address/,
    ],
    [['evaluate', '/nowhere'], /\/nowhere: there is no such folder/],
    [['report', '/nowhere'], /\/nowhere: there is no such folder/],
    [['evaluate'], /no finished run in/],
    [['report'], /no finished run in/],
    [['train', '--sample', '--protocol', 'by-subject'], /nothing in this copy tells who is seen/],
  ];
  const outcomes = runMany(
    cases.map(([words]) => words),
    { FERLAB_RUNS: runs, FERLAB_CACHE: join(folder, 'cache'), FER2013: undefined },
  );
  for (const [i, { words, status, text }] of outcomes.entries()) {
    assert.match(text, cases[i]![1], words.join(' '));
    assert.match(text, /^(note: .*\n)*error: .*\n {2}remedy: .*\n/, words.join(' '));
    assert.doesNotMatch(text, /\n {4}at |unexpected failure/, words.join(' '));
    assert.notEqual(status, 0);
  }
  assert.deepEqual(
    readdirSync(folder)
      .filter((name) => !['cache', 'runs'].includes(name))
      .sort(),
    ['dangling.csv', 'links'],
  );
  assert.deepEqual(readdirSync(folder).includes('runs') ? readdirSync(runs) : [], []);
});
