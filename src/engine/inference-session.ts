import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, FerlabError } from '../errors';
import { isDiskFull } from '../write-whole';
import type { Device, NativeTensor } from './device';
import { IMAGES } from './graph/inference-graph';
import { SERVE } from './graph/saved-model';

/**
 * A graph that TensorFlow has optimised as a whole: convolution, bias and ReLU run as one operation and the layers
 * need no call each. {@link dispose} frees it.
 */
export class InferenceSession {
  private constructor(
    readonly device: Device,
    readonly id: number,
  ) {}

  /**
   * Hands a SavedModel to TensorFlow, which reads it from a folder alone; the folder is gone afterwards.
   * @param model bytes of `saved_model.pb`
   * @throws FerlabError when no temporary file can be written
   */
  static open(device: Device, model: Uint8Array): InferenceSession {
    const folder = writeTemporary(() => mkdtempSync(join(tmpdir(), 'ferlab-graph-')));
    try {
      writeTemporary(() => writeFileSync(join(folder, 'saved_model.pb'), model));
      return new InferenceSession(device, device.loadGraph(folder, SERVE));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * @param images [batch, height, width, channels], float32; they stay the caller's
   * @param output name of the node that is asked for
   */
  run(images: NativeTensor, output: string): NativeTensor {
    return this.device.runGraph(this.id, { name: IMAGES, tensor: images }, output);
  }

  dispose(): void {
    this.device.deleteGraph(this.id);
  }
}

/** What `write` gives. @throws FerlabError when it can't write its temporary file or folder */
function writeTemporary<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw explainTemporary(error);
  }
}

function explainTemporary(error: unknown): FerlabError {
  return new FerlabError(`no temporary file can be written to ${tmpdir()}: ${(error as Error).message}`, {
    remedy: 'free some space there, or set TMPDIR to a folder that can be written to',
    exitStatus: isDiskFull(error) ? EXIT.diskFull : EXIT.failure,
    cause: error,
  });
}
