import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeKernelspec } from '../kernel/kernelspec.mjs';
import { SetupError } from './errors.mjs';
import { describeProject, pythonOf } from './project.mjs';

const project = describeProject();
const folder = join(project.root, 'labs/hub');
const hub = join(folder, '.venv/bin/python');

/** Runs a program to its end. @throws SetupError if it fails */
function run(program, words, cwd = folder) {
  const { status, error } = spawnSync(program, words, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0)
    throw new SetupError(
      `${program} ${words[0]} failed (${error?.message ?? status})`,
      'see what it printed above',
    );
}

/** JupyterHub in an environment of its own, which also sees the project's; the proxy beside it. */
export function installHub() {
  const marker = join(folder, '.venv/installed');
  const wanted = readFileSync(join(folder, 'requirements.txt'), 'utf8');
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
    process.stdout.write('installing JupyterHub into labs/hub/.venv\n');
    run(pythonOf(project), ['-m', 'venv', '--clear', join(folder, '.venv')]);
    const site = (python) =>
      spawnSync(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], {
        encoding: 'utf8',
      }).stdout.trim();
    writeFileSync(join(site(hub), 'ferlab.pth'), `${site(pythonOf(project))}\n`);
    run(hub, ['-m', 'pip', 'install', '--quiet', '-r', 'requirements.txt']);
    writeFileSync(marker, wanted);
  }
  if (!existsSync(join(folder, 'node_modules/configurable-http-proxy')))
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--workspaces=false']);
}

/** What students find: the kernel, where nbgrader's exchange is, and the labs as a repository that nbgitpuller follows. */
export function prepareHub(state) {
  const etc = join(state, 'share/etc');
  for (const path of [
    etc,
    join(state, 'homes'),
    join(state, 'inbox'),
    join(state, 'exchange/ferlab/outbound'),
  ])
    mkdirSync(path, { recursive: true, mode: 0o755 });
  writeKernelspec(join(state, 'share/prefix'));
  rmSync(join(state, 'share/jupyter'), { recursive: true, force: true });
  run('cp', ['-r', join(state, 'share/prefix/share/jupyter'), join(state, 'share/jupyter')]);
  const settings = [
    'c = get_config()',
    'c.Exchange.root = "/srv/ferlab/exchange"',
    'c.CourseDirectory.course_id = "ferlab"',
  ];
  writeFileSync(join(etc, 'nbgrader_config.py'), `${settings.join('\n')}\n`);
}

/**
 * Writes nbgrader's course, and commits fresh student copies to labs.git, if they changed: never those in labs/out, in which a
 * teacher may have tried a lab.
 */
export async function publishLabs(state) {
  const { writeLabs } = await import('../dist/notebook/lab/labs.js');
  writeLabs(join(project.root, 'labs/out'));
  const fresh = mkdtempSync(join(tmpdir(), 'ferlab-labs-'));
  try {
    writeLabs(fresh);
    commitLabs(state, join(fresh, 'students'));
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

function commitLabs(state, students) {
  const repository = join(state, 'labs.git');
  const git = (...words) =>
    run('git', [`--git-dir=${repository}`, `--work-tree=${students}`, ...words], students);
  if (!existsSync(repository))
    run('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository], state);
  git('add', ...readdirSync(students));
  const author = ['-c', 'user.name=ferlab', '-c', 'user.email=ferlab@localhost'];
  git(...author, 'commit', '--quiet', '--allow-empty', '-m', 'Labs as they are now');
}

/** The program that starts the hub, with the environment that its configuration reads. */
export function hubCommand(state, port) {
  return {
    program: hub,
    words: ['-m', 'jupyterhub', '-f', join(folder, 'jupyterhub_config.py')],
    options: {
      cwd: state,
      env: {
        ...process.env,
        FERLAB_HUB: state,
        FERLAB_HUB_PORT: String(port),
        PATH: `${dirname(hub)}:${process.env.PATH}`,
      },
    },
  };
}
