import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { runStep } from '../../setup/step.mjs';

describe('a step of the set-up', () => {
  let folder: string;
  let runs: number;
  let input: string;
  const product = () => join(folder, 'product');
  const step = (run = () => writeFileSync(product(), 'whole')) => ({
    name: 'a product',
    needs: [],
    inputs: () => [input],
    isDone: () => existsSync(product()) && readFileSync(product(), 'utf8') === 'whole',
    run: () => {
      runs++;
      return run();
    },
  });
  const status = async (run?: () => void) => (await runStep(step(run), { cache: folder })).status;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ferlab-step-'));
    runs = 0;
    input = 'one';
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is done once', async () => {
    assert.deepEqual([await status(), await status(), runs], ['done', 'kept', 1]);
  });

  it('is done again when its inputs or its result have changed', async () => {
    await status();
    input = 'two';
    assert.equal(await status(), 'done');
    rmSync(product());
    assert.equal(await status(), 'done');
    assert.equal(await status(), 'kept');
  });

  it('is done again when it was cut off, even if its result looks whole', async () => {
    await status();
    input = 'two';
    const cutOff = () => {
      throw new Error('cut off');
    };
    await assert.rejects(status(cutOff), /cut off/);
    // Back to the inputs of the last full run: its stamp must be gone.
    input = 'one';
    assert.equal(await status(), 'done');
  });

  it('takes a torn stamp for none', async () => {
    await status();
    writeFileSync(join(folder, 'stamps/a-product.json'), '{"key": "');
    assert.equal(await status(), 'done');
  });
});
