import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { pipeline, type Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, inflateRawSync } from 'node:zlib';
import * as yauzl from 'yauzl';
import { FerlabError } from '../../errors';
import { isHidden } from './tree';

/** Largest picture that is read out of an archive, in bytes. */
const MAX_PICTURE_BYTES = 64 << 20;

/** Bytes of a file that is read at once. */
const SMALL = 1 << 20;

/** Bytes of the header before a file, without its names; and how it begins. */
const LOCAL_HEADER = 30;
const LOCAL_MARK = 0x04034b50;

const STORED = 0;
const DEFLATED = 8;

/** A zip archive, read in place: nothing is unpacked to the disk. */
export class ZipArchive {
  readonly #zip: yauzl.ZipFile;
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;
  /** The archive once more, for files that are read at once. */
  #file: number | null = null;

  private constructor(
    readonly path: string,
    zip: yauzl.ZipFile,
    entries: readonly yauzl.Entry[],
  ) {
    this.#zip = zip;
    this.#entries = new Map(entries.map((entry) => [entry.fileName, entry]));
  }

  /** Opens an archive; names that climb out of it (`..`, absolute paths, drive letters) are refused. */
  static async open(path: string): Promise<ZipArchive> {
    const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
      yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, file) =>
        error ? reject(error) : resolve(file),
      );
    });
    try {
      const entries = await listEntries(zip);
      checkOnce(path, entries);
      return new ZipArchive(path, zip, entries);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** Names of the files in it, with their folders. */
  get names(): string[] {
    return [...this.#entries.keys()].filter((name) => !name.endsWith('/') && !isHidden(name));
  }

  /** The bytes of a file. They end with an error unless their checksum is that of the archive, which yauzl leaves to others. */
  async stream(name: string): Promise<Readable> {
    const entry = this.#entries.get(name)!;
    if (entry.isEncrypted())
      throw new FerlabError(`${this.path}: the archive is protected by a password`, {
        remedy: 'unpack it with the password and give the folder',
      });
    if (!entry.canDecodeFileData())
      throw new FerlabError(
        `${this.path}: ${name} in it is compressed by method ${entry.compressionMethod}, which is not read`,
        { remedy: 'unpack it with 7-Zip and give the folder; if that fails too, download it again' },
      );
    const stream = await new Promise<Readable>((resolve, reject) => {
      this.#zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
    });
    return pipeline(stream, checksum(entry), () => undefined);
  }

  /** A picture's bytes. @throws FerlabError for one of more than 64 MB */
  async picture(name: string): Promise<Uint8Array> {
    const entry = this.#entries.get(name)!;
    const size = entry.uncompressedSize;
    if (size > MAX_PICTURE_BYTES) {
      throw new FerlabError(`${name}: ${size} bytes are too many for a picture`, {
        remedy: 'take the file out of the archive',
      });
    }
    return this.#wholeAtOnce(entry) ?? buffer(await this.stream(name));
  }

  /**
   * The bytes of a small file that is stored or deflated, without the streams that would take most of the time; null for every
   * other one and at the least damage, which the stream judges.
   */
  #wholeAtOnce(entry: yauzl.Entry): Uint8Array | null {
    const { compressionMethod: method, compressedSize, uncompressedSize, crc32: expected } = entry;
    if (entry.isEncrypted() || compressedSize > SMALL || uncompressedSize > SMALL) return null;
    this.#file ??= openSync(this.path, 'r');
    const header = readAt(this.#file, entry.relativeOffsetOfLocalHeader, LOCAL_HEADER);
    if (header?.readUInt32LE(0) !== LOCAL_MARK) return null;
    const lengths = header.readUInt16LE(26) + header.readUInt16LE(28); // of the name and of what is added
    const start = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER + lengths;
    const packed = readAt(this.#file, start, compressedSize);
    const bytes = packed && unpacked(packed, method, uncompressedSize);
    return bytes?.length === uncompressedSize && crc32(bytes) === expected ? bytes : null;
  }

  /** Closes the archive when its last stream has ended. */
  async close(): Promise<void> {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    const closed = once(this.#zip, 'close');
    this.#zip.close();
    await closed;
  }
}

/** @throws FerlabError where two files of an archive have one name: programs differ in which of them they take */
function checkOnce(path: string, entries: readonly yauzl.Entry[]): void {
  const names = new Set<string>();
  for (const { fileName } of entries) {
    if (names.has(fileName) && !isHidden(fileName) && !fileName.endsWith('/'))
      throw new FerlabError(`${path}: two files in it have the name ${fileName}`, {
        remedy: 'unpack it under two names, and give the folder with the one that is meant',
      });
    names.add(fileName);
  }
}

function readAt(file: number, start: number, length: number): Buffer | null {
  const bytes = Buffer.allocUnsafe(length);
  return readSync(file, bytes, 0, length, start) === length ? bytes : null;
}

/** Null for another method than storing and deflating, and for damaged data. */
function unpacked(packed: Buffer, method: number, size: number): Buffer | null {
  if (method === STORED) return packed;
  if (method !== DEFLATED || size === 0) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: size });
  } catch {
    return null;
  }
}

/** Passes bytes on, and fails at their end where they are not those that were put into the archive. */
function checksum({ fileName, crc32: expected }: yauzl.Entry): Transform {
  let found = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      found = crc32(piece, found);
      done(null, piece);
    },
    flush(done) {
      done(found === expected ? null : new Error(`${fileName} in it does not match its checksum`));
    },
  });
}

function listEntries(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}
