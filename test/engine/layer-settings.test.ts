import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../src/paths';

const imports = (file: string) => {
  const text = readFileSync(join(projectRoot(), 'src/engine/layers', file), 'utf8');
  return [...text.matchAll(/^import (?:\{.*\} from )?'(\.\/.*)';$/gm)].map(([, path]) => path).sort();
};

test('notebooks see the settings of every kind of layer', () => {
  assert.ok(imports('settings.ts').length >= 10);
  assert.deepEqual(imports('settings.ts'), imports('kinds.ts'));
});
