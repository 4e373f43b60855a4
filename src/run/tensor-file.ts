import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { Float16Array } from '@petamoriken/float16';
import { z } from 'zod';
import type { WeightTensor } from '../engine/weights';
import { FerlabError } from '../errors';
import { once } from '../once';
import { explainWriteFailure, writeWhole } from '../write-whole';
import { problemsOf } from '../zod-problems';

// Layout: 8 bytes of magic, 4 bytes of header length, the header as JSON, the values in the header's order, SHA-256 of
// all before. Values are float32 unless the header says float16, and compressed with Brotli where it says so.
// Little-endian, as every machine that TensorFlow runs on.
const MAGIC = 'FERLABT1';
const HASH_BYTES = 32;

/** How values are stored; they are float32 in memory. */
export type StoredType = 'float32' | 'float16';

/** Tensors with a description of where they come from. */
export interface TensorFile<Meta> {
  readonly meta: Meta;
  readonly tensors: readonly WeightTensor[];
}

/** How a file is stored. */
export interface Storage {
  /** float32 unless given; float16 rounds to the nearest. */
  readonly type?: StoredType;
  /** Whether the values are compressed without loss; those of trees shrink to a fifth, those of networks hardly. */
  readonly brotli?: true;
}

/** The bytes of a tensor file. */
export function encodeTensors<Meta>(
  { meta, tensors }: TensorFile<Meta>,
  { type, brotli }: Storage = {},
): Buffer {
  const shapes = tensors.map(({ name, shape }) => ({ name, shape }));
  const header = Buffer.from(JSON.stringify({ meta, tensors: shapes, type, brotli }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const values = tensors.map(({ values: given }) => {
    const stored = type === 'float16' ? new Float16Array(given) : given;
    return Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  });
  const stored = brotli ? [compress(Buffer.concat(values))] : values;
  const body = Buffer.concat([Buffer.from(MAGIC), length, header, ...stored]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

/** The highest quality takes ten times as long, for a tenth of the size. */
const compress = (bytes: Buffer) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });

/**
 * Writes a tensor file beside its place, then renames it: a reader sees the old file or the whole new one.
 * @throws FerlabError when the disk is full
 */
export function saveTensors<Meta>(path: string, file: TensorFile<Meta>, storage?: Storage): void {
  try {
    writeWhole(path, encodeTensors(file, storage));
  } catch (error) {
    throw explainWriteFailure(path, error);
  }
}

const headerSchema = z.object({
  meta: z.unknown(),
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.int().min(0)) })),
  type: z.enum(['float32', 'float16']).optional(),
  brotli: z.literal(true).optional(),
});

/**
 * Reads a tensor file.
 * @param metaSchema checks the description; anything goes unless given
 * @throws FerlabError when the file is missing, damaged or no tensor file, or its description is another
 */
export function loadTensors<Meta = unknown>(path: string, metaSchema?: z.ZodType<Meta>): TensorFile<Meta> {
  const bytes = readBytes(path);
  const body = bytes.subarray(0, -HASH_BYTES);
  const isWhole = createHash('sha256').update(body).digest().equals(bytes.subarray(-HASH_BYTES));
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC || !isWhole) {
    throw new FerlabError(`${path}: the file is damaged`, { remedy: 'delete it and train again' });
  }
  const start = MAGIC.length + 4 + bytes.readUInt32LE(MAGIC.length);
  const header = parseHeader(path, bytes.toString('utf8', MAGIC.length + 4, start), metaSchema);
  const isHalf = header.type === 'float16';
  const packed = bytes.subarray(start, -HASH_BYTES);
  const values = header.brotli ? brotliDecompressSync(packed) : packed;
  const levels = isHalf ? allHalves() : null;
  let at = values.byteOffset;
  const tensors = header.tensors.map(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, isHalf ? 2 : 4);
    const stored = values.buffer.slice(at, at + size);
    at += size;
    return {
      name,
      shape,
      values: levels ? lookedUp(new Uint16Array(stored), levels) : new Float32Array(stored),
    };
  });
  return { meta: header.meta, tensors };
}

/** The value of each float16, by its bits: looking it up takes a tenth of the time of working it out. */
const allHalves = once(() =>
  Float32Array.from(new Float16Array(Uint16Array.from({ length: 1 << 16 }, (_, code) => code).buffer)),
);

function lookedUp(codes: Uint16Array, levels: Float32Array): Float32Array {
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) values[i] = levels[codes[i]!]!;
  return values;
}

function parseHeader<Meta>(path: string, text: string, metaSchema?: z.ZodType<Meta>) {
  const result = headerSchema.safeParse(JSON.parse(text));
  if (!result.success) throw foreign(path, problemsOf(result.error, 'header'));
  const meta = (metaSchema ?? (z.unknown() as z.ZodType<Meta>)).safeParse(result.data.meta);
  if (!meta.success) throw foreign(path, problemsOf(meta.error, 'description'));
  return { ...result.data, meta: meta.data };
}

function foreign(path: string, problems: readonly string[]): FerlabError {
  return new FerlabError(`${path}: ${problems.join('; ')}`, {
    remedy: 'the file has another type or comes from another version of ferlab: delete it and train again',
  });
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new FerlabError(`${path}: ${(error as Error).message}`, { remedy: 'train again', cause: error });
  }
}

/** SHA-256, in hex, of names, shapes and values. */
export function hashTensors(tensors: readonly WeightTensor[]): string {
  return createHash('sha256')
    .update(encodeTensors({ meta: null, tensors }))
    .digest('hex');
}
