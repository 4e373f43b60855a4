import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import sharp from 'sharp';
import type { ImageDataset } from '../../src/dataset/dataset';
import { loadDataset } from '../../src/dataset/load';
import { verifyModel } from '../../src/publish/verify';
import { modelFolder } from '../../src/run/published-models';
import { parquetOf } from '../fuzz/parquet-file';
import { findFer2013 } from '../real-data';

const SIZE = 48 * 48;
const FILES = ['train.parquet', 'valid.parquet', 'test.parquet'];

/** Tables of encoded pictures and numbered labels, a file a part, each in reversed order of its rows. */
async function writeParquet(dataset: ImageDataset, folder: string): Promise<void> {
  const rows = [...dataset.labels.keys()].reverse();
  for (const [usage, file] of FILES.entries()) {
    const own = rows.filter((row) => dataset.usages[row] === usage);
    const pictures = await Promise.all(
      own.map((row) =>
        sharp(dataset.images.subarray(row * SIZE, (row + 1) * SIZE), {
          raw: { width: 48, height: 48, channels: 1 },
        })
          .png({ compressionLevel: 1 })
          .toBuffer(),
      ),
    );
    const columns = [
      { name: 'image', columns: [{ name: 'bytes', bytes: pictures }] },
      { name: 'label', numbers: own.map((row) => dataset.labels[row]!), type: 'i64' as const },
    ];
    writeFileSync(join(folder, file), parquetOf(columns, own.length));
  }
}

describe('parquet files of the real FER-2013 reproduce the published numbers', {
  skip: findFer2013().skip,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-parquet-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('every number of a random split, with exact counts, although the rows stand in another order', async () => {
    await writeParquet(await loadDataset({ path: findFer2013().path }), folder);
    const copy = await loadDataset({ path: folder });
    const verification = verifyModel(modelFolder('paper-cnn-plain-seed1'), copy);
    assert.deepEqual([verification.otherPixels, verification.leftOut, verification.otherClasses], [0, 0, 0]);
    const failed = verification.numbers.filter(({ isReproduced }) => !isReproduced);
    assert.deepEqual(failed, []);
    assert.ok(verification.numbers.filter(({ tolerance }) => tolerance === 0).length > 100, 'exact counts');
  });
});
