#!/usr/bin/env node
// All tests, or those whose path contains one of the words:  npm test [-- WORD ...]
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { browser } from './browser.mjs';
import { follow } from './ferlab.mjs';
import { listFiles } from './files.mjs';
import { describeProject } from './project.mjs';
import { setUpOrExit } from './set-up.mjs';
import { testPackages } from './steps/test-packages.mjs';

const words = process.argv.slice(2);
const { root } = describeProject();
const extraSteps = existsSync(join(root, 'requirements-test.txt')) ? [testPackages, browser] : [browser];
await setUpOrExit({ extraSteps });

/** The quick ones first: most mistakes are told within a minute. */
function testFiles() {
  const files = listFiles(join(root, 'test'))
    .map((path) => relative(root, path))
    .filter((path) => /\.test\.(ts|mjs)$/.test(path))
    .filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
  const slow = (path) => path.includes('.slow.');
  return [...files.filter((path) => !slow(path)), ...files.filter(slow)];
}

/** Runs test files, at most so many at a time, and returns the exit status. */
function runTests(files, concurrency) {
  if (files.length === 0) return 0;
  const flags = ['--import', 'tsx', '--test', '--test-reporter=spec', `--test-concurrency=${concurrency}`];
  return follow(process.execPath, [...flags, ...files], { cwd: root });
}

const files = testFiles();
const processes = Math.max(1, Math.min(4, availableParallelism()));
process.exitCode = await runTests(files, processes);
