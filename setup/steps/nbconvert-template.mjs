import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOfFile, listFiles, readJson, writeJson } from '../files.mjs';

const NAME = 'ferlab';
const SOURCE = 'setup/nbconvert-template';

/** What `jupyter nbconvert --to html` takes unless it is told otherwise. */
const CONFIG = { HTMLExporter: { template_name: NAME } };

const folderIn = ({ prefix }) => join(prefix, 'share/jupyter/nbconvert/templates', NAME);
const configIn = ({ prefix }) => join(prefix, 'etc/jupyter/jupyter_nbconvert_config.json');

/** nbconvert's template for pages whose figures have alternative texts; the templates that it brings give none to SVG. */
export const nbconvertTemplate = {
  name: 'nbconvert template',
  needs: [],
  inputs: ({ root, prefix }) => [prefix, ...filesOf(root).map((path) => hashOfFile(path))],
  isDone: (project) => existsSync(join(folderIn(project), 'index.html.j2')) && existsSync(configIn(project)),
  run(project) {
    cpSync(join(project.root, SOURCE), folderIn(project), { recursive: true });
    mkdirSync(dirname(configIn(project)), { recursive: true });
    // An environment that is not ours may have settings of its own.
    writeJson(configIn(project), { ...CONFIG, ...readJson(configIn(project)) });
  },
};

const filesOf = (root) => listFiles(join(root, SOURCE));
