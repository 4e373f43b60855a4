import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../paths';
import type { CollectedRows } from './collector';
import { IMAGE_PIXELS } from './dataset';

// A cache file is one line of JSON, padded to HEADER bytes, then labels, usages and pixels.
const HEADER = 4096;
const FORMAT = 'ferlab-dataset-1';

export interface CachedDataset extends CollectedRows {
  readonly format: string;
  readonly sha256: string;
}

interface Header {
  format: string;
  source: string;
  count: number;
  sha256: string;
}

/** SHA-256 of labels, usages and pixels: the identity of the data, whatever file it came in. */
export function contentHash(rows: CollectedRows): string {
  return createHash('sha256').update(rows.labels).update(rows.usages).update(rows.images).digest('hex');
}

/** Where the decoded form of `path` is kept: changes when the file is replaced or written to. */
export function cacheFile(path: string): string {
  const { size, mtimeMs, ino } = statSync(path);
  const identity = [FORMAT, resolve(path), size, mtimeMs, ino].join('\n');
  return join(cacheFolder(), `${createHash('sha256').update(identity).digest('hex').slice(0, 24)}.bin`);
}

/** The cached rows, or null where there are none or the file is damaged: it is then made anew. */
export function readCache(file: string): CachedDataset | null {
  if (!existsSync(file)) return null;
  const descriptor = openSync(file, 'r');
  try {
    const header = readHeader(descriptor);
    if (!header) return null;
    const { count } = header;
    const body = new Uint8Array(count * (2 + IMAGE_PIXELS));
    if (readSync(descriptor, body, 0, body.length, HEADER) !== body.length) return null;
    const rows = {
      count,
      labels: body.subarray(0, count),
      usages: body.subarray(count, 2 * count),
      images: body.subarray(2 * count),
    };
    return contentHash(rows) === header.sha256
      ? { ...rows, format: header.source, sha256: header.sha256 }
      : null;
  } finally {
    closeSync(descriptor);
  }
}

function readHeader(descriptor: number): Header | null {
  const bytes = Buffer.alloc(HEADER);
  readSync(descriptor, bytes, 0, HEADER, 0);
  try {
    const header = JSON.parse(bytes.toString('utf8')) as Header;
    return header.format === FORMAT && Number.isInteger(header.count) ? header : null;
  } catch {
    return null; // written by another version, or damaged
  }
}

/** Writes the rows beside the file, then renames. A full disk costs the cache, not the data: false is returned. */
export function writeCache(
  file: string,
  rows: CollectedRows,
  options: { format: string; sha256: string },
): boolean {
  const header: Header = {
    format: FORMAT,
    source: options.format,
    count: rows.count,
    sha256: options.sha256,
  };
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(cacheFolder(), { recursive: true });
    const descriptor = openSync(temporary, 'w');
    try {
      for (const part of [
        Buffer.from(JSON.stringify(header).padEnd(HEADER)),
        rows.labels,
        rows.usages,
        rows.images,
      ]) {
        writeAll(descriptor, part);
      }
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
    return true;
  } catch {
    rmSync(temporary, { force: true });
    return false;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at);
}
