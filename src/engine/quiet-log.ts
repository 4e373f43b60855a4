import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Keeps TensorFlow's notes on its start off stderr; to be called before TensorFlow is loaded. Warnings and errors are
 * printed, and everything is where `TF_CPP_MIN_LOG_LEVEL` is 0. See quiet-log.cc, which the set-up compiles; without it,
 * as on macOS, two lines stay.
 * @param path of the compiled module
 */
export function quietTensorFlow(path = quietLogPath()): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  if (process.env.TF_CPP_MIN_LOG_LEVEL === '0' || !existsSync(path)) return;
  const { RTLD_NOW, RTLD_GLOBAL } = constants.dlopen;
  process.dlopen({ exports: {} }, path, RTLD_NOW | RTLD_GLOBAL);
}

/** Where the set-up puts the compiled quiet-log.cc: beside TensorFlow's addon. */
function quietLogPath(): string {
  return join(dirname(require.resolve('@tensorflow/tfjs-node/package.json')), 'lib/quiet-log.node');
}
