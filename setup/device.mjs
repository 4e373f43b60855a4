import { existsSync } from 'node:fs';
import { SetupError } from './errors.mjs';
import { capture } from './shell.mjs';

/**
 * The device that TensorFlow is installed for: `$FERLAB_DEVICE`, else `gpu` if there is an NVIDIA GPU.
 * @returns {'cpu' | 'gpu'}
 */
export function chooseDevice(environment = process.env) {
  const asked = environment.FERLAB_DEVICE;
  if (asked === 'cpu' || asked === 'gpu') return asked;
  if (asked) throw new SetupError(`FERLAB_DEVICE is ${asked}`, 'set it to cpu or gpu, or leave it out');
  return hasNvidiaGpu() ? 'gpu' : 'cpu';
}

function hasNvidiaGpu() {
  // The wheels with CUDA exist for Linux alone.
  if (process.platform !== 'linux') return false;
  if (existsSync('/dev/nvidia0') || existsSync('/proc/driver/nvidia/version')) return true;
  return capture('nvidia-smi', ['-L'])?.startsWith('GPU ') ?? false;
}
