// Runs the tests that tfjs-core ships in its package on the native backend, in a process of its own because jasmine
// and the tests' environment are global. Usage: run-core-tests.ts plain|native. Prints one JSON object.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { registerNativeGradients } from '../../../src/engine/tfjs/native-gradients';

export interface CoreTestResult {
  readonly specs: number;
  readonly failed: string[];
}

interface Spec {
  readonly fullName: string;
  readonly status: string;
}

interface JasmineEnv {
  configure(options: {
    random: boolean;
    forbidDuplicateNames: boolean;
    specFilter: (spec: { getFullName(): string }) => boolean;
  }): void;
  addReporter(reporter: { specDone(spec: Spec): void }): void;
  execute(): Promise<unknown>;
}

interface JasmineCore {
  readonly jasmine: { getEnv(): JasmineEnv };
  installGlobals(): void;
}

const root = path.resolve(__dirname, '../../..');
const require = createRequire(path.join(root, 'package.json'));

/** The exceptions that tfjs-node's own test run makes: parts of names of tests that TensorFlow cannot pass. */
function knownExceptions(): string[] {
  const source = readFileSync(require.resolve('@tensorflow/tfjs-node/dist/run_tests.js'), 'utf8');
  const list = source.slice(source.indexOf('IGNORE_LIST = ['), source.indexOf('];\nif (process.platform'));
  return [...list.matchAll(/^\s*'(.*)',?$/gm)].map((match) => match[1]!);
}

/** The tests as one CommonJS file; their environment has to be set before they are loaded. */
function bundleTests(folder: string): string {
  const outfile = path.join(folder, 'core-tests.cjs');
  // tfjs-core reaches into an older jasmine to set a time-out, for which it needs no more than this.
  const timeouts = path.join(folder, 'jasmine.cjs');
  writeFileSync(timeouts, 'exports.core = () => ({});');
  const core = '@tensorflow/tfjs-core/dist';
  buildSync({
    stdin: {
      contents: `
        const { setTestEnvs } = require('${core}/jasmine_util');
        setTestEnvs([{ name: 'test-tensorflow', backendName: 'tensorflow', flags: {}, isDataSync: true }]);
        require('${core}/public/chained_ops/register_all_chained_ops');
        require('${core}/tests');`,
      resolveDir: root,
    },
    bundle: true,
    alias: { 'jasmine-core/lib/jasmine-core/jasmine.js': timeouts },
    platform: 'node',
    format: 'cjs',
    ignoreAnnotations: true,
    logLevel: 'error',
    outfile,
  });
  return outfile;
}

async function runCoreTests(): Promise<CoreTestResult> {
  require('@tensorflow/tfjs-node'); // registers the backend
  const { jasmine, installGlobals } = require('jasmine-core') as JasmineCore;
  installGlobals();
  const env = jasmine.getEnv();
  const exceptions = knownExceptions();
  const result: CoreTestResult & { specs: number } = { specs: 0, failed: [] };
  env.configure({
    random: false,
    forbidDuplicateNames: false,
    specFilter: (spec) => !exceptions.some((part) => spec.getFullName().includes(part)),
  });
  env.addReporter({
    specDone: ({ fullName, status }) => {
      if (status === 'passed' || status === 'failed') result.specs++;
      if (status === 'failed') result.failed.push(fullName);
    },
  });
  const folder = mkdtempSync(path.join(root, 'node_modules', '.core-tests-'));
  try {
    require(bundleTests(folder));
    await env.execute();
  } finally {
    rmSync(folder, { recursive: true });
  }
  return result;
}

if (process.argv[2] === 'native') registerNativeGradients();
runCoreTests().then((result) => process.stdout.write(`\n${JSON.stringify(result)}\n`));
