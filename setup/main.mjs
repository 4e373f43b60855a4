#!/usr/bin/env node
// Sets the project up, and does nothing where that is done:  node setup/main.mjs
import { setUpOrExit } from './set-up.mjs';

await setUpOrExit();
