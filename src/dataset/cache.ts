import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { cacheFolder } from '../paths';
import { type CacheHeader, FORMAT, HEADER_BYTES } from './cache-writer';
import { rowsInMemory } from './collector';
import type { ImageFile } from './image-source';
import type { CopyReading } from './reading';
import { type DatasetSpec, pixelsPerImage } from './spec';

// A cache file is one line of JSON, padded to HEADER_BYTES, then pixels, labels, usages, and subjects where they are known.

export interface CachedRows {
  readonly count: number;
  readonly labels: Uint8Array;
  readonly usages: Uint8Array;
  readonly subjects?: Uint16Array;
  /** The pixels, or the open file that holds them where they are many. */
  readonly images: Uint8Array | ImageFile;
  readonly sha256: string;
  readonly reading: CopyReading;
}

/** Where the decoded form of a file or folder is kept: one place for each path. */
export function cacheFile(path: string): string {
  return join(cacheFolder(), `${createHash('sha256').update(resolve(path)).digest('hex').slice(0, 24)}.bin`);
}

/**
 * What changes when a file is written to or replaced, or when anything in a folder is: size, inode, and the times of
 * the last change to content and to inode in nanoseconds. Nobody can set the latter back.
 */
export function identityOf(path: string): string {
  const hash = createHash('sha256').update(FORMAT);
  const visit = (item: string, above: readonly string[]) => {
    const status = statSync(item, { bigint: true, throwIfNoEntry: false });
    if (!status) return hash.update(`${item}\nleads nowhere`);
    const { size, ino, dev, mtimeNs, ctimeNs } = status;
    if (!status.isDirectory()) return hash.update([item, size, ino, dev, mtimeNs, ctimeNs].join('\n'));
    const real = realpathSync(item);
    if (item === resolve(cacheFolder()) || above.includes(real)) return hash;
    for (const name of visibleNames(item)) visit(`${item}/${name}`, [...above, real]);
    return hash;
  };
  visit(resolve(path), []);
  return hash.digest('hex');
}

const visibleNames = (folder: string) =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort();

/**
 * The cached rows of what has `identity`, or null where there are none. A damaged file is never trusted:
 * `onDamage` is told, and the rows are to be made anew.
 */
export function readCache(
  file: string,
  { identity, spec }: { identity: string; spec: DatasetSpec },
  onDamage: () => void,
): CachedRows | null {
  if (!existsSync(file)) return null;
  const descriptor = tryOpen(file);
  if (descriptor === null) return null;
  let keepOpen = false;
  try {
    const header = readHeader(descriptor);
    if (header === 'other version') return null;
    const isOther = header?.identity !== identity || header.spec !== spec.name;
    if (header && (isOther || header.imageBytes !== pixelsPerImage(spec))) return null;
    const rows = header && readRows(descriptor, header);
    if (!rows) onDamage();
    keepOpen = rows !== null && !(rows.images instanceof Uint8Array);
    return rows;
  } catch {
    onDamage(); // the system can't read it
    return null;
  } finally {
    if (!keepOpen) closeSync(descriptor);
  }
}

function tryOpen(file: string): number | null {
  try {
    return openSync(file, 'r');
  } catch {
    return null; // not ours to read: the data is decoded as if there were no cache
  }
}

function readHeader(descriptor: number): CacheHeader | 'other version' | null {
  const bytes = Buffer.alloc(HEADER_BYTES);
  readSync(descriptor, bytes, 0, HEADER_BYTES, 0);
  const version = /^\{"format":"(ferlab-dataset-\d+)"/.exec(bytes.toString('latin1'))?.[1];
  if (version !== undefined && version !== FORMAT) return 'other version';
  try {
    const header = JSON.parse(bytes.toString('utf8')) as CacheHeader;
    const isOurs = Number.isSafeInteger(header.count) && header.count > 0;
    return isOurs ? header : null;
  } catch {
    return null;
  }
}

function readRows(descriptor: number, header: CacheHeader): CachedRows | null {
  const { count, imageBytes, hasSubjects, crc, sha256, reading } = header;
  const pixels = count * imageBytes;
  const isLarge = count > rowsInMemory(imageBytes);
  const images = isLarge
    ? { descriptor, offset: HEADER_BYTES, count, size: imageBytes }
    : readPart(descriptor, HEADER_BYTES, pixels);
  const tail = readPart(descriptor, HEADER_BYTES + pixels, (hasSubjects ? 4 : 2) * count);
  if (!images || !tail) return null;
  const found = images instanceof Uint8Array ? crc32(images) : crcOfFile(descriptor, pixels);
  if (crc32(tail, found) !== crc) return null;
  const subjects = hasSubjects ? { subjects: new Uint16Array(tail.slice(2 * count).buffer) } : {};
  const [labels, usages] = [tail.subarray(0, count), tail.subarray(count, 2 * count)];
  return { count, images, labels, usages, ...subjects, sha256, reading };
}

function readPart(descriptor: number, start: number, length: number): Uint8Array | null {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let at = 0; at < length; ) {
    const read = readSync(descriptor, bytes, at, length - at, start + at);
    if (read === 0) return null;
    at += read;
  }
  return new Uint8Array(bytes.buffer);
}

function crcOfFile(descriptor: number, length: number): number {
  const piece = 1 << 20;
  let crc = 0;
  for (let at = 0; at < length; at += piece) {
    const bytes = readPart(descriptor, HEADER_BYTES + at, Math.min(piece, length - at));
    if (!bytes) return -1;
    crc = crc32(bytes, crc);
  }
  return crc;
}
