import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Begins to load TensorFlow's library beside what the program does next; to be called by who is sure to need it, after
 * `quietTensorFlow`. See early-load.cc, which the set-up compiles; without it, as on macOS, the library is loaded when it is
 * needed.
 * @param path of the compiled module
 */
export function beginLoadingTensorFlow(path = earlyLoadPath()): void {
  if (existsSync(path)) process.dlopen({ exports: {} }, path);
}

/** Where the set-up puts the compiled early-load.cc: beside TensorFlow's addon. */
function earlyLoadPath(): string {
  return join(dirname(require.resolve('@tensorflow/tfjs-node/package.json')), 'lib/early-load.node');
}
