#!/usr/bin/env node
// Sets the project up, and does nothing where that is done:  node setup/main.mjs [--tests]
// With --tests also what only the tests need: second implementations in Python, a validator, a sandbox, and a browser.
import { browser } from './browser.mjs';
import { setUpOrExit } from './set-up.mjs';
import { crateValidator } from './steps/crate-validator.mjs';
import { sandbox } from './steps/sandbox.mjs';
import { testPackages } from './steps/test-packages.mjs';

const extraSteps = process.argv.includes('--tests') ? [testPackages, crateValidator, sandbox, browser] : [];
await setUpOrExit({ extraSteps });
