import { existsSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A link under which notebooks, and whoever stands in the project, import the helper module as `ferlab`. */
export const helperLink = {
  name: 'helper module link',
  needs: [],
  inputs: () => [],
  isDone: ({ root }) => existsSync(pathIn(root)) && realpathSync(pathIn(root)) === realpathSync(root),
  run({ root }) {
    rmSync(pathIn(root), { recursive: true, force: true });
    symlinkSync('..', pathIn(root));
    rmSync(commandIn(root), { force: true });
    symlinkSync('../ferlab/dist/cli/main.js', commandIn(root));
  },
};

const pathIn = (root) => join(root, 'node_modules/ferlab');

/** npm makes no command for a package within itself; `npx ferlab` finds this one. */
const commandIn = (root) => join(root, 'node_modules/.bin/ferlab');
