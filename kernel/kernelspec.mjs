import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The name by which notebooks ask for the kernel. */
export const KERNEL_NAME = 'ferlab';

const LAUNCHER = resolve(fileURLToPath(import.meta.url), '../launcher.cjs');

/** What Jupyter needs to know to start the kernel. */
function kernelspec() {
  return {
    argv: [process.execPath, '--no-deprecation', LAUNCHER, '--config-path', '{connection_file}'],
    display_name: 'TypeScript (ferlab)',
    language: 'typescript',
    interrupt_mode: 'signal',
    // TensorFlow's notes on its start are no output of a cell.
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
  };
}

export function kernelspecFolder(prefix) {
  return join(prefix, 'share/jupyter/kernels', KERNEL_NAME);
}

/** Whether the environment has the kernelspec as it would be written now. */
export function kernelspecIsCurrent(prefix) {
  try {
    return readFileSync(join(kernelspecFolder(prefix), 'kernel.json'), 'utf8') === text();
  } catch {
    return false;
  }
}

/** Writes the kernelspec into the environment with this prefix, where its Jupyter, and no other, finds it. */
export function writeKernelspec(prefix) {
  const folder = kernelspecFolder(prefix);
  mkdirSync(folder, { recursive: true });
  const beside = join(folder, `.kernel.json.${process.pid}`);
  writeFileSync(beside, text());
  renameSync(beside, join(folder, 'kernel.json'));
}

const text = () => `${JSON.stringify(kernelspec(), null, 2)}\n`;
