import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../src/paths';

export interface LabServer {
  /** Address of a path in Lab, with the token. */
  address(path: string): string;
  stop(): Promise<void>;
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((fulfil, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => fulfil(port));
    });
  });
}

/** Settings that keep Lab from asking or fetching anything. */
function writeSettings(folder: string): void {
  const settings = {
    '@jupyterlab/apputils-extension/notification': {
      fetchNews: 'false',
      checkForUpdates: false,
      doNotDisturbMode: true,
    },
    '@jupyterlab/docmanager-extension/plugin': { autosave: false },
    // All cells are on the page, not only those in view.
    '@jupyterlab/notebook-extension/tracker': { windowingMode: 'none' },
  };
  for (const [name, value] of Object.entries(settings)) {
    const file = join(folder, `${name}.jupyterlab-settings`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(value));
  }
}

/** Offers the kernel of this checkout, whichever one the environment was set up for; returns a folder for JUPYTER_PATH. */
export function writeKernelspec(folder: string): string {
  const own = join(folder, 'jupyter/kernels/ferlab');
  mkdirSync(own, { recursive: true });
  const launcher = join(projectRoot(), 'kernel/launcher.cjs');
  const argv = [process.execPath, '--no-deprecation', launcher, '--config-path', '{connection_file}'];
  const spec = {
    argv,
    display_name: 'TypeScript (ferlab)',
    language: 'typescript',
    interrupt_mode: 'signal',
  };
  writeFileSync(join(own, 'kernel.json'), JSON.stringify(spec));
  return join(folder, 'jupyter');
}

/** Variables with which Jupyter keeps all of its state in a folder. */
export const labState = (folder: string) => ({
  JUPYTER_CONFIG_DIR: join(folder, 'config'),
  JUPYTER_DATA_DIR: join(folder, 'data'),
  JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
  JUPYTERLAB_SETTINGS_DIR: join(folder, 'settings'),
  JUPYTERLAB_WORKSPACES_DIR: join(folder, 'workspaces'),
});

/** Starts JupyterLab on the loopback interface with `root` as its folder; all of its state lies in `state`. */
export async function startLab(options: { python: string; root: string; state: string }): Promise<LabServer> {
  const { python, root, state } = options;
  const port = await freePort();
  const token = randomBytes(16).toString('hex');
  writeSettings(join(state, 'settings'));
  const flags = ['--no-browser', '--allow-root', '--ServerApp.ip=127.0.0.1', '--ServerApp.port_retries=0'];
  const own = [
    `--ServerApp.port=${port}`,
    `--IdentityProvider.token=${token}`,
    `--ServerApp.root_dir=${root}`,
  ];
  const child = spawn(python, ['-m', 'jupyterlab', ...flags, ...own], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${dirname(python)}:${process.env.PATH}`, ...labState(state) },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (log = (log + text).slice(-8000)));
  const server = {
    address: (path: string) => `http://127.0.0.1:${port}/${path}?token=${token}`,
    stop: () => stop(child),
  };
  await waitUntilReady(server.address('api/status'), child, () => log);
  return server;
}

export async function waitUntilReady(address: string, child: ChildProcess, log: () => string): Promise<void> {
  for (let waited = 0; waited < 360; waited++) {
    if (child.exitCode !== null) throw new Error(`JupyterLab ended with status ${child.exitCode}:\n${log()}`);
    const answered = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await delay(500);
  }
  child.kill('SIGKILL');
  throw new Error(`JupyterLab did not answer within three minutes:\n${log()}`);
}

/** Ends the server and its kernels. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((fulfil) => child.once('exit', fulfil));
  child.kill('SIGTERM');
  if ((await Promise.race([ended, delay(15_000, 'late')])) === 'late') child.kill('SIGKILL');
}
