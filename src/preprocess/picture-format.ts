import { FerlabError } from '../errors';

/** Pixels of the largest picture that is decoded: 64 megapixels, so that a small file can't fill the memory. */
export const MAX_PIXELS = 64_000_000;

/** Formats that are decoded. */
export type PictureFormat = 'JPEG' | 'PNG' | 'WebP' | 'GIF' | 'TIFF' | 'BMP' | 'AVIF';

/** Bytes that a format has at some offsets, as Latin-1 text. */
type Signature = readonly [name: string, ...pieces: (readonly [offset: number, text: string])[]];

/** HEIC and AVIF share a container, whose brand tells them apart. */
const SIGNATURES: readonly Signature[] = [
  ['JPEG', [0, '\xff\xd8\xff']],
  ['PNG', [0, '\x89PNG\r\n\x1a\n']],
  ['WebP', [0, 'RIFF'], [8, 'WEBP']],
  ['GIF', [0, 'GIF87a']],
  ['GIF', [0, 'GIF89a']],
  ['TIFF', [0, 'II*\0']],
  ['TIFF', [0, 'MM\0*']],
  ['TIFF', [0, 'II+\0']],
  ['TIFF', [0, 'MM\0+']],
  ['BMP', [0, 'BM'], [6, '\0\0\0\0']],
  ['AVIF', [4, 'ftypavif']],
  ['AVIF', [4, 'ftypavis']],
  ['HEIC', [4, 'ftyphe']],
  ['HEIC', [4, 'ftypmif1']],
  ['HEIC', [4, 'ftypmsf1']],
  ['Photoshop', [0, '8BPS']],
  ['JPEG 2000', [4, 'jP  ']],
  ['JPEG 2000', [0, '\xff\x4f\xff\x51']],
  ['JPEG XL', [4, 'JXL ']],
  ['JPEG XL', [0, '\xff\x0a']],
  ['icon', [0, '\0\0\x01\0']],
  ['PDF', [0, '%PDF-']],
  ['Git LFS pointer', [0, 'version https://git-lfs']],
];

/** Formats that are text, by how they begin. */
const TEXTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Netpbm', /^P[1-7]\s/],
  ['HTML', /^\s*<(!doctype html|html)/i],
  ['SVG', /^\s*<(svg|\?xml)/],
];

const DECODED: readonly string[] = ['JPEG', 'PNG', 'WebP', 'GIF', 'TIFF', 'BMP', 'AVIF'];

/** What to do about formats that people have and that can't be decoded. */
const REMEDIES: Readonly<Record<string, string>> = {
  HEIC: 'its codec is patented and not part of this project: save the picture as JPEG on the device that took it',
  HTML: 'a web page was saved instead of the picture: download the picture itself',
  'Git LFS pointer': 'only the pointer was downloaded: run `git lfs pull` in the repository it came from',
};

const OTHERWISE = 'save it as JPEG, PNG, WebP, GIF, TIFF, BMP or AVIF';

/** Name of the format that the first bytes speak for, or null. */
export function formatOf(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 256)); // Latin-1
  const known = SIGNATURES.find(([, ...pieces]) =>
    pieces.every(([offset, text]) => start.startsWith(text, offset)),
  );
  return known?.[0] ?? TEXTS.find(([, pattern]) => pattern.test(start))?.[0] ?? null;
}

/**
 * The format of a picture, by its content.
 * @param name what errors call the picture
 * @throws FerlabError for a format that is not decoded, by its name and with a way out
 */
export function checkFormat(bytes: Uint8Array, name: string): PictureFormat {
  if (bytes.length === 0) {
    throw new FerlabError(`${name}: the file is empty`, { remedy: 'copy or download it again' });
  }
  const format = formatOf(bytes);
  if (format !== null && DECODED.includes(format)) return format as PictureFormat;
  const problem = format ? `${format} can't be decoded` : 'this is not a picture';
  throw new FerlabError(`${name}: ${problem}`, { remedy: (format && REMEDIES[format]) ?? OTHERWISE });
}
