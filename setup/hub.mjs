#!/usr/bin/env node
// A server for a class, on this machine alone, for a trial:  npm run hub
// What it needs beside the project lies in labs/hub, its state in labs/out/hub; labs/hub/README.md tells more.
import { join, resolve } from 'node:path';
import { follow } from './follow.mjs';
import { describeProject } from './project.mjs';
import { setUpOrExit } from './set-up.mjs';

await setUpOrExit();
const { hubCommand, installHub, prepareHub, publishLabs } = await import('./hub-parts.mjs');
const state = resolve(process.env.FERLAB_HUB ?? join(describeProject().root, 'labs/out/hub'));
const port = Number(process.env.FERLAB_HUB_PORT ?? 8000);
try {
  installHub();
  prepareHub(state);
  await publishLabs(state);
  process.stdout.write(
    `the hub is at http://127.0.0.1:${port}: sign up as "teacher", then let students in at /hub/authorize\n`,
  );
  const { program, words, options } = hubCommand(state, port);
  process.exitCode = await follow(program, words, options);
} catch (error) {
  process.stderr.write(`error: ${error.message}\n${error.remedy ? `remedy: ${error.remedy}\n` : ''}`);
  process.exitCode = 1;
}
