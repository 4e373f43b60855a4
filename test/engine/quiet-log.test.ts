import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { projectRoot } from '../../src/paths';
import { temporaryFolder } from '../temporary';
import { compileModule } from './compile-module';

const folder = temporaryFolder();
const MODULE = join(folder, 'quiet-log.node');
const include = join(projectRoot(), 'node_modules/@tensorflow/tfjs-node/deps/include');
const skip = process.platform !== 'linux';

before(() => (skip ? undefined : compileModule('quiet-log', MODULE, folder)), { timeout: 120_000 });

/** What a process prints that asks for quiet, and then runs `code`. */
function run(code: string, env: Readonly<Record<string, string>> = {}) {
  const { TF_CPP_MIN_LOG_LEVEL: _, ...rest } = process.env;
  const source = `require('./src/engine/quiet-log').quietTensorFlow(${JSON.stringify(MODULE)}); ${code}`;
  const { stderr, status, signal } = spawnSync(process.execPath, ['--import', 'tsx', '-e', source], {
    cwd: projectRoot(),
    env: { ...rest, ...env },
    encoding: 'utf8',
  });
  return { stderr, status, signal };
}

const LOAD = "require('@tensorflow/tfjs-node').scalar(1).dataSync()";

test('loading TensorFlow prints nothing', { skip }, () => {
  assert.deepEqual(run(LOAD), { stderr: '', status: 0, signal: null });
});

test('a warning that TensorFlow gives while it is loaded is printed', { skip }, () => {
  const { stderr } = run(LOAD, { TF_ENABLE_ONEDNN_OPTS: 'perhaps' });
  assert.match(stderr, /^W0000 .* TF_ENABLE_ONEDNN_OPTS is not set to either .*\n$/);
});

test('who asks for all of the log gets all of it', { skip }, () => {
  const { stderr } = run(LOAD, { TF_CPP_MIN_LOG_LEVEL: '0' });
  assert.match(stderr, /All log messages before absl::InitializeLog.*\nI0000 /);
});

test('without the compiled module TensorFlow loads all the same', () => {
  const { status, stderr } = run(`require('./src/engine/quiet-log').quietTensorFlow('missing'); ${LOAD}`);
  assert.equal(status, 0, stderr);
});

/** A library that logs as TensorFlow does while it is loaded, and then dies. */
function dyingLibrary(name: string, death: string): string {
  const [source, library] = [join(folder, `${name}.cc`), join(folder, `${name}.node`)];
  writeFileSync(
    source,
    `#include <csignal>
     #include <cstdio>
     #include <cstdlib>
     #include "absl/log/internal/globals.h"
     __attribute__((constructor)) static void OnLoad() {
       absl::log_internal::WriteToStderr("I0000 port.cc:153] oneDNN custom operations are on. And so on\\n", {});
       absl::log_internal::WriteToStderr("F0000 the reason\\n", {});
       std::fputs("another library's words\\n", stderr);
       ${death};
     }
`,
  );
  execFileSync('c++', ['-std=c++17', '-shared', '-fPIC', '-isystem', include, '-o', library, source]);
  return library;
}

for (const [name, death, status, signal] of [
  ['an illegal instruction', 'std::raise(SIGILL)', null, 'SIGILL'],
  ['an abort', 'std::abort()', null, 'SIGABRT'],
  ['a kill', 'std::raise(SIGKILL)', null, 'SIGKILL'],
  ['an exit', 'std::_Exit(3)', 3, null],
] as const) {
  test(`nothing is lost when loading ends in ${name}`, { skip }, () => {
    const library = dyingLibrary(name.replaceAll(' ', '-'), death);
    const load = `process.dlopen({ exports: {} }, ${JSON.stringify(library)})`;
    const stderr = "F0000 the reason\nanother library's words\n";
    assert.deepEqual(run(load), { stderr, status, signal });
  });
}
