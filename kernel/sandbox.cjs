#!/usr/bin/env node
// Starts the kernel in a sandbox (bubblewrap), to grade code that nobody has read: no network, no other processes, no
// environment, and of the files only what the kernel needs, which it can't change. Jupyter talks to it through sockets
// that are files (transport "ipc"), in the one folder that it may write to.
//   node sandbox.cjs --config-path CONNECTION_FILE
const { spawn } = require('node:child_process');
const { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const { noProcesses } = require('./no-processes.cjs');

const ROOT = resolve(__dirname, '..');

/** What of the project the kernel loads. Data, runs, solutions and everything else stay outside. */
const PROJECT = ['dist', 'kernel', 'node_modules', 'packages', 'package.json', 'labs/package.json', 'claims'];
const SYSTEM = ['/usr', '/bin', '/lib', '/lib64', '/etc/ld.so.cache', '/etc/alternatives', '/etc/fonts'];

/** Bytes of writable memory, of one file, and of all files in /tmp; seconds of processor time. */
const LIMITS = { data: 3e9, heap: 1.2e9, file: 5e7, temporary: 2e8, seconds: 1200 };

/** Labs need no process but the kernel's own: children could outlive a cell, and multiply. */
const FILTER = noProcesses();

/** How often the folder of the sockets is looked at, in milliseconds. */
const WATCH = 100;

/** Folder of TensorFlow's library, which the addon links. */
function tensorflowFolder() {
  const library = join(ROOT, 'node_modules/@tensorflow/tfjs-node/deps/lib/libtensorflow.so');
  return existsSync(library) ? [dirname(realpathSync(library))] : [];
}

function mounts(connectionPath, sockets) {
  const readable = [
    ...SYSTEM,
    process.execPath,
    ...tensorflowFolder(),
    ...PROJECT.map((name) => join(ROOT, name)),
  ];
  return [
    ...['--size', String(LIMITS.temporary), '--tmpfs', '/tmp', '--proc', '/proc', '--dev', '/dev'],
    ...['--size', String(LIMITS.temporary), '--tmpfs', '/dev/shm'],
    ...readable.filter(existsSync).flatMap((path) => ['--ro-bind', realpathSync(path), path]),
    ...[
      '--ro-bind',
      connectionPath,
      connectionPath,
      '--bind',
      sockets,
      sockets,
      '--dir',
      join(ROOT, 'notebooks'),
      '--chdir',
      join(ROOT, 'notebooks'),
    ],
    // bubblewrap makes both in memory, without a limit.
    ...['--remount-ro', '/dev', '--remount-ro', '/'],
  ];
}

const ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  HOME: '/tmp',
  LANG: 'C.UTF-8',
  TF_CPP_MIN_LOG_LEVEL: '2',
  FERLAB_CACHE: '/tmp/cache',
  FERLAB_GRADING: '1',
};

function commandLine({ path, sockets }) {
  const { data, file, seconds, heap } = LIMITS;
  return [
    ...['prlimit', `--data=${data}`, `--fsize=${file}`, `--cpu=${seconds}`, '--core=0'],
    ...['bwrap', '--unshare-all', '--die-with-parent', '--as-pid-1', '--clearenv', '--info-fd', '3'],
    ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--setenv', name, value]),
    ...mounts(path, sockets),
    ...(FILTER ? ['--seccomp', '4'] : []),
    ...[process.execPath, '--no-deprecation', `--max-old-space-size=${heap / 1e6}`],
    ...[join(__dirname, 'launcher.cjs'), '--config-path', path],
  ];
}

/** The connection file, and the folder of the sockets. */
function connection(argv) {
  const path = resolve(argv[argv.indexOf('--config-path') + 1]);
  const { transport, ip } = JSON.parse(readFileSync(path, 'utf8'));
  if (transport !== 'ipc')
    throw new Error('the sandbox has no network: its kernel needs the transport "ipc"');
  return { path, sockets: dirname(resolve(ip)) };
}

/** The kernel's process, as soon as bubblewrap tells it. */
function kernelPid(child) {
  return new Promise((fulfil) => {
    let text = '';
    child.stdio[3].setEncoding('utf8').on('data', (part) => {
      text += part;
      const pid = /"child-pid": (\d+)/.exec(text)?.[1];
      if (pid) fulfil(Number(pid));
    });
  });
}

/** The kernel ends when it writes files to the one folder of this machine that it can write to. */
function watchSockets(folder, end) {
  const isSocket = (name) => lstatSync(join(folder, name)).isSocket();
  const look = () => {
    try {
      if (!readdirSync(folder).every(isSocket)) end();
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  };
  setInterval(look, WATCH).unref();
}

/** Nobody reads what a kernel comes to whose grader was killed: it would hold memory and a core to its last second. */
function watchParent(end) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 10 * WATCH).unref();
}

const place = connection(process.argv);
const [command, ...words] = commandLine(place);
// A group of its own: an interrupt reaches the kernel alone, and does not end bubblewrap.
const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true });
child.stdio[4].end(FILTER);
watchSockets(place.sockets, () => child.kill('SIGKILL'));
watchParent(() => child.kill('SIGKILL'));
let said = 0;
child.stderr.on('data', (part) => {
  if (said < 4000) process.stderr.write(part);
  said += part.length;
});
const kernel = kernelPid(child);
process.on('SIGINT', () => kernel.then((pid) => process.kill(pid, 'SIGINT')).catch(() => {}));
process.on('SIGTERM', () => child.kill('SIGKILL'));
child.on('error', ({ message }) => {
  process.stderr.write(`the sandbox can't be started: ${message}\n`);
  process.exitCode = 1;
});
child.on('exit', (code) => process.exit(code ?? 1));
