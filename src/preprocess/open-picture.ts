import { readFileSync, statSync } from 'node:fs';
import sharp from 'sharp';
import { FerlabError } from '../errors';
import { decodeBmp } from './bmp';
import { lostName } from './lost-name';
import { checkFormat, MAX_PIXELS, type PictureFormat } from './picture-format';
import { checkPngChunks } from './png-chunks';
import { floatLevels, readWide, wordLevels } from './wide-levels';

/** Bytes of the largest file that is read as one picture. */
const MAX_BYTES = 256 << 20;

/** A picture as a person sees it: decoded, upright by its EXIF orientation, on black where it is transparent. */
export interface UprightPicture {
  readonly image: sharp.Sharp;
  /** What the reader of the picture should know, such as that it is the first frame of an animation. */
  readonly notes: readonly string[];
}

/** How much damage is tolerated: none, or what leaves a whole picture, as browsers do. */
export type Strictness = 'warning' | 'error';

/**
 * Opens a picture.
 * @param name what errors call the picture
 * @throws FerlabError for what is no picture, is damaged, or is too large; the error names the format where it is known
 */
export async function openPicture(
  bytes: Uint8Array,
  name: string,
  failOn: Strictness = 'warning',
): Promise<UprightPicture> {
  const format = checkFormat(bytes, name);
  try {
    const { image, notes } = await decode(bytes, format, failOn);
    return { image: image.flatten({ background: '#000' }), notes };
  } catch (error) {
    throw undecodable(error, name);
  }
}

/** An error that names the picture, for what a decoder said. */
export function undecodable(error: unknown, name: string): FerlabError {
  if (error instanceof FerlabError) return error;
  const message = (error as Error).message.split('\n')[0]!;
  const isLarge = /pixel limit/.test(message);
  return new FerlabError(
    `${name}: ${isLarge ? `it has more than ${MAX_PIXELS / 1e6} megapixels` : `the picture is damaged or unusual (${message})`}`,
    {
      remedy: isLarge ? 'make it smaller' : 'open it in an image viewer and save it again as JPEG or PNG',
      cause: error,
    },
  );
}

/** The bytes of a picture file. @throws FerlabError that says why it can't be read */
export function readPicture(path: string, name: string): Uint8Array {
  try {
    const found = statSync(path);
    if (found.size > MAX_BYTES) throw tooManyBytes(name, found.size);
    if (!found.isFile() && !found.isDirectory()) throw endless(name);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof FerlabError) throw error;
    throw unreadable(error as NodeJS.ErrnoException, name);
  }
}

const tooManyBytes = (name: string, size: number) =>
  new FerlabError(`${name}: ${Math.round(size / 1e6)} MB are too much for a picture`, {
    remedy: 'name a picture',
  });

/** A pipe may have nobody who writes, and a device no end. */
const endless = (name: string) =>
  new FerlabError(`${name}: this is a pipe or a device, not a file`, {
    remedy: 'copy its content to a file, or give it to `ferlab predict -` as standard input',
  });

function unreadable(error: NodeJS.ErrnoException, name: string): FerlabError {
  const lost = error.code === 'ENOENT' ? lostName(name) : null;
  if (lost) return lost;
  const known: Record<string, [problem: string, remedy: string]> = {
    ENOENT: ['no such file', 'correct the path'],
    ENOTDIR: ['no such file', 'correct the path'],
    EISDIR: ['this is a folder', 'give the pictures in it, such as FOLDER/*.jpg'],
    ELOOP: ['its symbolic links form a circle', 'remove the links'],
    EACCES: ['no permission to read it', 'change its permissions'],
  };
  const [problem, remedy] = known[error.code ?? ''] ?? [error.message, 'copy the file again'];
  return new FerlabError(`${name}: ${problem}`, { remedy, cause: error });
}

interface Decoded {
  readonly image: sharp.Sharp;
  readonly notes: readonly string[];
}

async function decode(bytes: Uint8Array, format: PictureFormat, failOn: Strictness): Promise<Decoded> {
  if (format === 'BMP') {
    const { pixels, width, height, channels } = decodeBmp(bytes, MAX_PIXELS);
    return { image: sharp(pixels, { raw: { width, height, channels } }), notes: [] };
  }
  if (format === 'PNG') checkPngChunks(bytes);
  const encoded = (ignoreIcc = false) =>
    sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn, ignoreIcc }).autoOrient();
  if ((format === 'JPEG' || format === 'PNG') && !mayHaveProfile(bytes)) {
    return { image: encoded(), notes: isAnimatedPng(bytes) ? [FIRST_FRAME] : [] };
  }
  const metadata = await encoded().metadata();
  if (format === 'TIFF' && metadata.depth !== 'uchar') return decodeWide(encoded(), metadata);
  const frames = metadata.pages ?? 1;
  // A grey picture's profile tells how its ink or screen spreads; its levels are what was asked for.
  const isGrey = (metadata.channels ?? 3) < 3;
  return { image: encoded(isGrey), notes: frames > 1 ? [`${FIRST_FRAME} of ${frames}`] : [] };
}

const FIRST_FRAME = 'animated or with several pages: this is the first';

const mayHaveProfile = (bytes: Uint8Array) => {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1 << 16));
  return start.includes('iCCP') || start.includes('ICC_PROFILE');
};

const isAnimatedPng = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('acTL');

async function decodeWide(
  image: sharp.Sharp,
  { depth, space = 'srgb', pages = 1 }: sharp.Metadata,
): Promise<Decoded> {
  if (depth !== 'float' && depth !== 'ushort') throw new Error(`${depth} values have no defined white level`);
  // libvips reads the interpretation of these as 16-bit integers, which makes them black.
  if (depth === 'float' && /16$/.test(space)) throw new Error('half-precision values are not supported');
  const { values, width, height, channels } = await readWide(image, space);
  const levels = depth === 'float' ? floatLevels(values) : wordLevels(values);
  const raw = { width, height, channels: channels as 1 | 2 | 3 | 4 };
  const notes = pages > 1 ? [...levels.notes, `${FIRST_FRAME} of ${pages}`] : levels.notes;
  return { image: sharp(levels.bytes, { raw }), notes };
}
