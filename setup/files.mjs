import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** SHA-256 of these texts, in hexadecimal. */
export function hashOf(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${String(part).length}:`).update(String(part));
  return hash.digest('hex');
}

/** Hash of a file's bytes, or `absent`. */
export function hashOfFile(path) {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return 'absent';
  }
}

/** Paths of all files below a folder, sorted. */
export function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    })
    .sort();
}

/** The value in a JSON file, or undefined if it is absent or cut off. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Writes beside, then renames: the file is there whole or not at all. */
export function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(beside, path);
}
