// Opens JupyterLab on the notebooks: loopback only, with a token of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './shell.mjs';
import { pythonPrefix } from './tools.mjs';

const args = ['lab', '--ServerApp.ip=127.0.0.1', `--ServerApp.root_dir=${ROOT}`, ...process.argv.slice(2)];
const lab = spawn(join(pythonPrefix(), 'bin', 'jupyter'), [...args, 'notebooks/01-load-fer2013.ipynb'], {
  cwd: ROOT,
  stdio: 'inherit',
});
// Lab asks before it ends on Ctrl-C; this process waits for its answer.
process.on('SIGINT', () => {});
lab.on('exit', (code) => process.exit(code ?? 1));
