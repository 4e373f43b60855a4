import assert from 'node:assert/strict';
import { test } from 'node:test';

const { declaredNames, dropNames } = require('../../kernel/dropped-names.cjs') as {
  declaredNames(code: string): string[];
  dropNames(exports: object, names: string[]): void;
};
const { describeThrown } = require('../../kernel/cell-errors.cjs');

test('what a cell declares is found, whatever else is wrong with it', () => {
  const code = `import { show } from 'ferlab';
function count(n: number) { const inner = n; return inner; }
const { a, b: [c, , d = 2] } = x, e = 1;
class Face {}
e + 1;
function half( {`;
  assert.deepEqual(declaredNames(code), ['count', 'a', 'c', 'd', 'e', 'Face', 'half']);
});

test('a name that was taken away is an error until it gets a value, and nothing else changes', () => {
  // As tslab's: definitions become assignments.
  const target: Record<string, unknown> = { count: () => 1, other: 2 };
  const exports = new Proxy(target, {
    defineProperty(_, name, { value }) {
      target[String(name)] = value;
      return true;
    },
  });
  dropNames(exports, ['count', 'never']);
  assert.throws(() => exports.count, /^Error: count is not there: the cell that writes it did not compile/);
  assert.equal(exports.other, 2);
  assert.equal('never' in exports, false);
  assert.equal('count' in {}, false);
  dropNames(exports, ['count']);
  exports.count = 3;
  assert.equal(exports.count, 3);
  dropNames(exports, ['count']);
  assert.throws(() => exports.count);
});

test('an error tells what its frames are in terms of the cells, and leaves out what nobody wrote', () => {
  const error = new Error('no');
  error.stack = 'Error: no\n    at f (x:1:2)\n    at y:3:4';
  const translate = (frame: string) => (frame.includes('x:') ? frame.replace('x:1:2', 'here') : undefined);
  assert.deepEqual(describeThrown(error, translate).traceback, ['Error: no', '    at f (here)']);
});
