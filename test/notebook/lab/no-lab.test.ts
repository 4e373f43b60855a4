import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLab } from '../../../src/notebook/lab/check';

test('a notebook without exercises is not called ready to hand in', async () => {
  await assert.rejects(checkLab('notebooks/01-load-fer2013.ipynb', { cellTimeoutSeconds: 60 }), {
    message: /01-load-fer2013\.ipynb: this is no lab/,
    remedy: /npm run labs/,
  });
});
