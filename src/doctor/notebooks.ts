import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findPython } from '../notebook/python';
import { projectRoot } from '../paths';
import { absent, type DoctorCheck, type DoctorOutcome, failed, passed, SET_UP_AGAIN } from './check';
import { findChromium } from './chromium';

const KERNEL = 'ferlab';

const run = promisify(execFile);

/** Folder of the Python environment. */
const prefix = () => dirname(dirname(findPython()));

async function kernel(): Promise<DoctorOutcome> {
  const started = performance.now();
  const probe = join(projectRoot(), 'src/doctor/kernel_probe.py');
  const cwd = join(projectRoot(), 'notebooks');
  const { stdout } = await run(findPython(), [probe, KERNEL], { timeout: 120_000, cwd }).catch((error) => {
    const lines = String(error.stderr ?? error)
      .trim()
      .split('\n');
    throw new Error(`the kernel does not start: ${lines.at(-1)}`);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return stdout.trim() === 'ok 42'
    ? passed(`${KERNEL}, started and answered in ${seconds} s`)
    : failed(`the kernel answers: ${stdout.trim()}`, SET_UP_AGAIN);
}

/** A check that JupyterLab has this extension in its environment. */
function extension(folder: string): DoctorOutcome {
  const path = join(prefix(), 'share/jupyter/labextensions', folder, 'package.json');
  if (!existsSync(path)) return failed(`JupyterLab has no ${folder}`, SET_UP_AGAIN);
  const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
  return passed(`${name} ${version}`);
}

/** The extension has a page's half and a server's half, and calls git. */
async function gitExtension(): Promise<DoctorOutcome> {
  const page = extension('@jupyterlab/git');
  if (page.status !== 'passed') return page;
  await run(findPython(), ['-c', 'import jupyterlab_git']);
  const git = await run('git', ['--version']).catch(() => null);
  return git
    ? passed(`${page.detail}, ${git.stdout.trim()}`)
    : failed('git is not installed', 'install git, for example with `sudo apt install git`');
}

function chromium(): DoctorOutcome {
  const path = findChromium();
  return path
    ? passed(path)
    : absent(
        'none; only the browser tests need it',
        '`npm test` installs it on Debian as root; or set CHROMIUM',
      );
}

export const notebookChecks: readonly DoctorCheck[] = [
  { name: 'notebook kernel', run: kernel },
  { name: 'plotly renderer', run: () => extension('jupyterlab-plotly') },
  { name: 'git extension', run: gitExtension },
  { name: 'Chromium', run: chromium },
];
