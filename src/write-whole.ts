import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file beside its place, waits until it lies on the disk, and renames it: a reader sees the old file or the
 * whole new one, and a failure leaves the old one as it was. A write that ends short, as the last one before a disk
 * is full does, is continued and so brings the error, which libraries that call `write` once do not see.
 * @throws the file system's error; nothing is left beside the file
 */
export function writeWhole(path: string, data: string | Uint8Array): void {
  const beside = `${path}.${process.pid}`;
  try {
    const file = openSync(beside, 'w');
    try {
      writeFileSync(file, data);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
