import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { FerlabError } from '../errors';
import { explainWriteFailure, writeWhole } from '../write-whole';

/** What the file system says where a file stands in place of a folder, or a folder in place of a file. */
const IN_THE_WAY = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY']);

/**
 * Writes a file of an exported model whole, with the folders that lead to it.
 * @throws FerlabError when the disk is full, the place may not be written to, or something else is in the way
 */
export function writeExport(path: string, data: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, data);
  } catch (error) {
    if (!IN_THE_WAY.has((error as NodeJS.ErrnoException).code ?? ''))
      throw explainWriteFailure(path, error, 'export again');
    throw new FerlabError(`${path} can't be written: a file or folder is in the way`, {
      remedy: 'give a folder with --out for tfjs and saved-model, and a file for ONNX',
      cause: error,
    });
  }
}
