import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openRun } from '../../src/run/open-run';
import { modelFolder } from '../../src/run/published-models';
import { saveRecord } from '../../src/run/record-file';
import { runFiles } from '../../src/run/run-folder';
import { ferlab } from '../cli/ferlab';
import { singleModels } from '../publish/single-models';
import { ensembleOf } from '../run/records';
import { temporaryFolder } from '../temporary';

const [NAME] = singleModels();

test('the examples of the help name a published model', () => {
  const { stdout } = ferlab('export', '--help');
  const named = [...stdout.matchAll(/ferlab export ([^\s[]+)/g)].map(([, name]) => name!);
  assert.ok(named.length > 0);
  for (const name of named) assert.ok(singleModels().includes(name) || name === 'runs/NAME', name);
});

test('an unknown model, a folder without a run and a format that is not ours are told clearly', (t) => {
  const folder = temporaryFolder(t);
  const out = join(folder, 'out');
  for (const [words, problem] of [
    [['no-such-model', '--format', 'onnx'], /there is no published model "no-such-model"\n {2}remedy: .*/],
    [[folder, '--format', 'tfjs'], /no run in this folder\n {2}remedy: /],
    [[NAME!, '--format', 'keras'], /Allowed choices are tfjs, saved-model, onnx/],
  ] as const) {
    const { status, stderr } = ferlab('export', ...words, '--out', out);
    assert.equal(status, 2, stderr);
    assert.match(stderr, problem);
  }
  assert.equal(existsSync(out), false);
});

test('what is in the way of the files is named, and left as it was', (t) => {
  const folder = temporaryFolder(t);
  const [file, inner] = [join(folder, 'file'), join(folder, 'folder')];
  writeFileSync(file, 'mine');
  mkdirSync(inner);
  writeFileSync(join(inner, 'mine'), '');
  for (const [format, out] of [
    ['tfjs', file],
    ['saved-model', file],
    ['onnx', inner],
  ] as const) {
    const { status, stderr } = ferlab('export', NAME!, '--format', format, '--out', out);
    assert.equal(status, 2, stderr);
    assert.match(
      stderr,
      /is in the way\n {2}remedy: give a folder with --out for tfjs and saved-model, and a file for ONNX/,
    );
  }
  assert.deepEqual(readdirSync(folder).sort(), ['file', 'folder']);
  assert.deepEqual(readdirSync(inner), ['mine']);
});

test('an ensemble is refused, with the names of its members', (t) => {
  const folder = temporaryFolder(t);
  saveRecord(runFiles(folder).record, ensembleOf(openRun(modelFolder(NAME!)).record));
  const { status, stderr } = ferlab('export', folder, '--format', 'onnx', '--out', join(folder, 'out'));
  assert.equal(status, 2, stderr);
  assert.match(
    stderr,
    /an ensemble can't be exported as one network\n {2}remedy: export its members, one, two/,
  );
  assert.equal(existsSync(join(folder, 'out')), false);
});
