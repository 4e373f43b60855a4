import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt } from './debian.mjs';
import { systemFamily } from './machine.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const REMEDIES = {
  debian: 'sudo apt install chromium',
  fedora: 'sudo dnf install chromium',
  macos: 'brew install --cask chromium',
  other: 'install Chromium, or set CHROMIUM to its path',
};

/** The Chromium of the browser tests: `$CHROMIUM`, else the first of the known names on the PATH, or undefined. */
export function findBrowser(environment = process.env) {
  const folders = (environment.PATH ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [environment.CHROMIUM ?? '', ...onPath].find(isProgram);
}

function isProgram(path) {
  try {
    if (path) accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}

/** Where Chromium can't be installed, one line says what to install, and the browser tests say that they were left out. */
export const browser = {
  name: 'browser for the tests',
  needs: [],
  inputs: ({ environment }) => [environment.CHROMIUM ?? ''],
  isDone: ({ environment }) => findBrowser(environment) !== undefined,
  async run(project) {
    if (findBrowser(project.environment) || (await installWithApt(project, 'chromium'))) return;
    process.stderr.write(`the browser tests need Chromium: ${REMEDIES[systemFamily()]}\n`);
  },
};
