import { once } from 'node:events';
import { pipeline, type Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import * as yauzl from 'yauzl';
import { FerlabError } from '../../errors';
import { readZipPiece, type ZipPiece } from './picture-source';
import { isHidden } from './tree';
import { ZipBlocks } from './zip-blocks';

/** Largest picture that is read out of an archive, in bytes. */
const MAX_PICTURE_BYTES = 64 << 20;

/** A zip archive, read in place: nothing is unpacked to the disk. */
export class ZipArchive {
  readonly #zip: yauzl.ZipFile;
  readonly #blocks: ZipBlocks;
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;

  private constructor(zip: yauzl.ZipFile, blocks: ZipBlocks, entries: readonly yauzl.Entry[]) {
    this.#zip = zip;
    this.#blocks = blocks;
    this.#entries = new Map(entries.map((entry) => [entry.fileName, entry]));
  }

  get path(): string {
    return this.#blocks.path;
  }

  /** Opens an archive; names that climb out of it (`..`, absolute paths, drive letters) are refused. */
  static async open(path: string): Promise<ZipArchive> {
    const blocks = new ZipBlocks(path);
    const options = { lazyEntries: true, autoClose: false };
    const zip = await yauzl
      .fromRandomAccessReaderPromise(blocks, blocks.size, options)
      .catch(async (error) => {
        await promisify(blocks.close).call(blocks);
        throw error;
      });
    try {
      const entries = await listEntries(zip);
      checkOnce(path, entries);
      return new ZipArchive(zip, blocks, entries);
    } catch (error) {
      await closed(zip);
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
    // Without streams where they would take most of the time.
    const piece = this.source(name);
    return (piece && readZipPiece(piece)) ?? buffer(await this.stream(name));
  }

  /** Where a picture lies, for threads that decode it; null for one that only {@link picture} can read. */
  source(name: string): ZipPiece | null {
    const entry = this.#entries.get(name)!;
    if (entry.isEncrypted()) return null;
    return {
      archive: this.#blocks.descriptor,
      start: entry.relativeOffsetOfLocalHeader,
      packedSize: entry.compressedSize,
      size: entry.uncompressedSize,
      crc: entry.crc32,
      method: entry.compressionMethod,
    };
  }

  /** Closes the archive when its last stream has ended. */
  async close(): Promise<void> {
    await closed(this.#zip);
  }
}

async function closed(zip: yauzl.ZipFile): Promise<void> {
  const end = once(zip, 'close');
  zip.close();
  await end;
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
