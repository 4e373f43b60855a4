import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pictureNames } from '../../src/cli/predict/inputs';
import { temporaryFolder } from '../temporary';

test('a link that leads to itself is handed on, so that it is named and the others go on', (t) => {
  const folder = temporaryFolder(t);
  const [loop, picture] = [join(folder, 'loop.jpg'), join(folder, 'picture.jpg')];
  symlinkSync(loop, loop);
  writeFileSync(picture, '');
  assert.deepEqual([...pictureNames([loop, folder])], [loop, loop, picture]);
});
