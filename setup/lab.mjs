#!/usr/bin/env node
// JupyterLab on the notebooks and on copies of the labs:  npm run lab [-- FLAGS OF JUPYTER LAB]
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { follow } from './follow.mjs';
import { describeProject, pythonOf } from './project.mjs';
import { setUpOrExit } from './set-up.mjs';

/** Written anew by each start: it says which data was found. */
const START = 'notebooks/START.md';

await setUpOrExit();
const { fixPathVariables } = await import('../dist/paths.js');
const { dataVariables } = await import('../dist/dataset/specs/index.js');
fixPathVariables(dataVariables());
const project = describeProject();
const { writeLabs } = await import('../dist/notebook/lab/labs.js');
writeLabs(join(project.root, 'labs/out'));
const { startPage } = await import('../dist/notebook/start-page.js');
writeFileSync(join(project.root, START), startPage());
const words = [
  '-m',
  'jupyterlab',
  // The git panel needs the repository itself as the root; the page opens on a guide to the notebooks. The server listens on this
  // machine alone, and asks for the token that it prints.
  `--ServerApp.root_dir=${project.root}`,
  `--LabApp.default_url=/lab/tree/${START}`,
  '--ServerApp.ip=127.0.0.1',
  // Exported pages give figures alternative texts.
  '--HTMLExporter.template_name=ferlab',
  ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ...process.argv.slice(2),
];
// Lab looks for its helpers, such as those of the git panel's diffs, on the PATH.
const env = { ...process.env, PATH: `${dirname(pythonOf(project))}:${process.env.PATH}` };
process.exitCode = await follow(pythonOf(project), words, { cwd: project.root, env });
