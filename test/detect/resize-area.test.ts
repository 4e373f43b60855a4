import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scaleWhole } from '../../src/detect/mtcnn/cut';
import type { Size } from '../../src/detect/mtcnn/enlarge';
import { AreaScaler } from '../../src/detect/mtcnn/resize-area';

interface Case {
  readonly source: Size & { readonly values: readonly number[] };
  readonly size: Size;
  readonly isRounded: boolean;
  readonly result: readonly number[];
}

const cases = JSON.parse(readFileSync(join(__dirname, 'fixtures/resized.json'), 'utf8')) as readonly Case[];

/** [width, height, 3] to [height, width, 3]. */
const rowsFirst = (values: Float32Array, { width, height }: Size) =>
  values.map((_, i) => {
    const [pixel, channel] = [Math.floor(i / 3), i % 3];
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    return values[(x * height + y) * 3 + channel]!;
  });

for (const { source, size, isRounded, result } of cases) {
  const name = `${source.width}x${source.height} to ${size.width}x${size.height}`;
  test(`${name} is scaled as by OpenCV`, () => {
    const scaler = new AreaScaler({ ...source, pixels: Uint8Array.from(source.values) });
    const whole = { left: 0, top: 0, width: source.width, height: source.height };
    const columns = isRounded
      ? scaleWhole(scaler, size).map((value) => value * 128 + 127.5)
      : scaler.scale(whole, size);
    const found = rowsFirst(columns, size);
    assert.equal(found.length, result.length);
    const most = Math.max(...result.map((value, i) => Math.abs(value - found[i]!)));
    // OpenCV adds up some sizes in another order: a sum that ends in a half may be rounded either way.
    assert.ok(most <= (isRounded ? 1 : 1e-3), `${most}`);
    const differing = result.filter((value, i) => Math.abs(value - found[i]!) > 1e-3).length;
    assert.ok(differing <= result.length / 100, `${differing} of ${result.length} differ`);
  });
}
