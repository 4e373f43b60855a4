import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { tensorflowCopies, tensorflowEntries } from '../../src/doctor/software';

test('one physical copy of tfjs is in the tree, and Danfo computes with it', () => {
  const names = tensorflowCopies().map((path) => path.replace(/^.*node_modules\//, ''));
  assert.deepEqual(names.sort(), ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-node']);
  const { danfo, ours } = tensorflowEntries();
  assert.equal(danfo, ours);
});

test('a second copy is found', () => {
  const root = mkdtempSync(join(tmpdir(), 'ferlab-tree-'));
  const paths = [
    'node_modules/@tensorflow/tfjs-node',
    'node_modules/danfojs-node/node_modules/@tensorflow/tfjs-node',
  ];
  for (const path of paths) mkdirSync(join(root, path), { recursive: true });
  const packages = Object.fromEntries(
    [...paths, 'node_modules/@tensorflow/tfjs-core'].map((path) => [path, {}]),
  );
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
  assert.deepEqual(tensorflowCopies(root), paths);
  rmSync(root, { recursive: true });
});
