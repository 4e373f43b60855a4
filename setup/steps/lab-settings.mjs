import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeJson } from '../files.mjs';

/** Defaults that a reader's own settings override. */
const SETTINGS = {
  // The start page shows as a page, not as its source.
  '@jupyterlab/docmanager-extension:plugin': { defaultViewers: { markdown: 'Markdown Preview' } },
  // Nobody is asked about news, and nothing is fetched from the web.
  '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
};

/** JupyterLab's defaults for this project, in a file of our own in the environment's prefix. */
export const labSettings = {
  name: 'jupyterlab settings',
  needs: [],
  inputs: ({ prefix }) => [prefix, JSON.stringify(SETTINGS)],
  isDone: (project) => read(pathIn(project)) === `${JSON.stringify(SETTINGS, null, 2)}\n`,
  run(project) {
    mkdirSync(dirname(pathIn(project)), { recursive: true });
    writeJson(pathIn(project), SETTINGS);
  },
};

const pathIn = ({ prefix }) => join(prefix, 'share/jupyter/lab/settings/overrides.d/ferlab.json');

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
