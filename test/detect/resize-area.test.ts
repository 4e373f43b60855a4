import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Pixels, resizeArea, type Size } from '../../src/detect/mtcnn/resize-area';

interface Case {
  readonly source: Pixels;
  readonly size: Size;
  readonly isRounded: boolean;
  readonly result: readonly number[];
}

const cases = JSON.parse(readFileSync(join(__dirname, 'fixtures/resized.json'), 'utf8')) as readonly Case[];

for (const { source, size, isRounded, result } of cases) {
  const name = `${source.width}x${source.height} to ${size.width}x${size.height}`;
  test(`${name} is scaled as by OpenCV`, () => {
    const found = resizeArea(source, size, isRounded);
    assert.equal(found.length, result.length);
    const most = Math.max(...result.map((value, i) => Math.abs(value - found[i]!)));
    // OpenCV adds up some sizes in another order: a sum that ends in a half may be rounded either way.
    assert.ok(most <= (isRounded ? 1 : 1e-3), `${most}`);
    const differing = result.filter((value, i) => Math.abs(value - found[i]!) > 1e-3).length;
    assert.ok(differing <= result.length / 100, `${differing} of ${result.length} differ`);
  });
}
