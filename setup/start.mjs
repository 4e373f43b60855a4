#!/usr/bin/env node
// The main job:  npm start [-- --profile paper --seed 2 --data PATH]
import { runFerlab } from './ferlab.mjs';
import { setUpOrExit } from './set-up.mjs';

const words = process.argv.slice(2);
await setUpOrExit();
process.exitCode = await runFerlab(['run-notebooks', ...words]);
