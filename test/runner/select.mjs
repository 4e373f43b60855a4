import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What each word on the command line runs: kinds of test files. */
export const SELECTIONS = {
  unit: ['test'],
  slow: ['slow'],
  long: ['long'],
  ci: ['test', 'slow'],
  all: ['test', 'slow', 'long'],
};

/** The first line of a test file that measures time, uses the whole machine, or shares something fixed. */
const ALONE = /^\/\/ Runs alone: ./;

/** Kind of a test file by its name: `x.test.ts`, `x.slow.test.ts` or `x.long.test.ts`. */
export function kindOf(name) {
  return /\.(slow|long)\.test\.ts$/.exec(name)?.[1] ?? 'test';
}

/**
 * The test files of a selection whose path holds `part`, sorted: those that may run side by side, and those that run alone.
 * @param {string} root folder that holds `test/`
 * @param {string} selection a key of {@link SELECTIONS}
 * @throws Error when there is no such selection, or no file in it
 */
export function selectTests(root, selection, part = '') {
  const kinds = SELECTIONS[selection];
  if (!kinds) throw new Error(`no selection ${selection}: choose ${Object.keys(SELECTIONS).join(', ')}`);
  const files = readdirSync(join(root, 'test'), { recursive: true })
    .map((name) => join('test', name))
    .filter((name) => name.endsWith('.test.ts') && name.includes(part) && kinds.includes(kindOf(name)))
    .sort();
  if (files.length === 0) throw new Error(`no tests ${selection} ${part}`);
  const runsAlone = (name) => ALONE.test(readFileSync(join(root, name), 'utf8').slice(0, 200));
  return { sideBySide: slowFirst(files.filter((name) => !runsAlone(name))), alone: files.filter(runsAlone) };
}

/** Long files at the start, so that none of them runs on while the other cores idle at the end. */
function slowFirst(files) {
  const order = ['long', 'slow', 'test'];
  return files.toSorted((a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)));
}
