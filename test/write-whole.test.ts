import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeWhole } from '../src/write-whole';

test('an error names the file that was asked for, not the one beside it', () => {
  assert.throws(() => writeWhole('/nowhere/table.csv', 'x'), {
    code: 'ENOENT',
    path: '/nowhere/table.csv',
    message: /^ENOENT.*'\/nowhere\/table\.csv'$/,
  });
});
