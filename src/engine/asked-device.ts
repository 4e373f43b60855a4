import { EXIT, FerlabError } from '../errors';

/**
 * Holds TensorFlow to `$FERLAB_DEVICE`, so that a training which was meant for a GPU never falls back to the CPU.
 * @param asked `cpu`, `gpu`, or nothing, which takes what there is
 * @throws FerlabError when TensorFlow computes on the other one
 */
export function checkAskedDevice(asked: string | undefined, usesGpu: boolean): void {
  const used = usesGpu ? 'gpu' : 'cpu';
  if (!asked || asked === used) return;
  throw new FerlabError(`FERLAB_DEVICE asks for ${asked}, but TensorFlow computes on the ${used}`, {
    remedy: `run \`npx ferlab doctor\`, which says what is missing; or unset FERLAB_DEVICE`,
    exitStatus: EXIT.failure,
  });
}
