import { formatOf } from '../../preprocess/picture-format';

/** Bytes from a file's start that tell what it is. */
export const HEAD_BYTES = 1024;

/** Forms that are read, and what else people have under the name of the data. */
export type Form = 'text' | 'gzip' | 'tar' | 'zip' | 'parquet' | 'empty' | Unreadable;

export type Unreadable =
  | 'bzip2'
  | 'xz'
  | 'zstd'
  | '7z'
  | 'rar'
  | 'NumPy'
  | 'HDF5'
  | 'Arrow'
  | 'SQLite'
  | 'pickle'
  | 'MATLAB'
  | 'LMDB'
  | 'R'
  | 'Avro'
  | 'ORC'
  | 'lz4'
  | 'piece of a divided zip'
  | 'UTF-16 text'
  | 'text with control bytes'
  | 'message of a server'
  | 'Excel'
  | 'OpenDocument'
  | 'Git LFS pointer'
  | 'web page'
  | 'path'
  | 'JSON'
  | 'picture'
  | 'unknown';

/** Bytes at offsets, as Latin-1 text. */
const SIGNATURES: readonly (readonly [form: Form, offset: number, text: string])[] = [
  ['gzip', 0, '\x1f\x8b'],
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['parquet', 0, 'PAR1'],
  ['tar', 257, 'ustar'],
  ['bzip2', 0, 'BZh'],
  ['xz', 0, '\xfd7zXZ\0'],
  ['zstd', 0, '\x28\xb5\x2f\xfd'],
  ['7z', 0, "7z\xbc\xaf'\x1c"],
  ['rar', 0, 'Rar!\x1a\x07'],
  ['NumPy', 0, '\x93NUMPY'],
  ['HDF5', 0, '\x89HDF\r\n\x1a\n'],
  ['Arrow', 0, 'ARROW1'],
  ['Arrow', 0, 'FEA1'],
  ['Arrow', 0, '\xff\xff\xff\xff'], // a stream, as the package datasets saves it
  ['SQLite', 0, 'SQLite format 3'],
  ['Excel', 0, '\xd0\xcf\x11\xe0'],
  ['MATLAB', 0, 'MATLAB 5.0 MAT-file'],
  ['LMDB', 16, '\xde\xc0\xef\xbe'],
  ['R', 0, 'RDX3'],
  ['R', 0, 'RDX2'],
  ['Avro', 0, 'Obj\x01'],
  ['ORC', 0, 'ORC'],
  ['lz4', 0, '\x04\x22\x4d\x18'],
  ['piece of a divided zip', 0, 'PK\x07\x08'],
  ['UTF-16 text', 0, '\xff\xfe'],
  ['UTF-16 text', 0, '\xfe\xff'],
  ['Git LFS pointer', 0, 'version https://git-lfs'],
];

/** Forms that are text, by how they begin. */
const TEXTS: readonly (readonly [form: Form, pattern: RegExp])[] = [
  ['web page', /^(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|head|body|!--)/i],
  [
    'message of a server',
    /^\s*\{(?![\s\S]*"(emotion|label|pixels|image)")[^{}]{0,900}"(message|error|detail|code|status)"/i,
  ],
  ['message of a server', /^\s*<error>|^(\d{3}:? )?(not found|forbidden|access denied|unauthorized)\b/i],
  ['JSON', /^\s*[[{]/],
  ['pickle', /^(\(lp|\(dp|c(copy_reg|numpy|pandas)[\w.]*\n)/], // of protocol 0
];

/** What a file is, by its first bytes. */
export function formOf(head: Uint8Array): Form {
  if (head.length === 0) return 'empty';
  const start = Buffer.from(head).toString('latin1');
  const known = SIGNATURES.find(([, offset, text]) => start.startsWith(text, offset));
  if (known) return known[0];
  const text = TEXTS.find(([, pattern]) => pattern.test(start));
  if (text) return text[0];
  if (isWideText(head)) return 'UTF-16 text';
  if (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) return 'pickle';
  if (/^[^\n,]{1,400}[\\/][^\n,]{1,400}\n?$/.test(start) && isText(head)) return 'path';
  if (formatOf(head) !== null) return 'picture';
  if (isText(head)) return 'text';
  return isMostlyText(head) ? 'text with control bytes' : 'unknown';
}

/** UTF-16 without a mark: one byte of each pair is 0. */
const isWideText = (head: Uint8Array): boolean =>
  [0, 1].some(
    (zero) => head.length >= 16 && head.subarray(0, 16).every((byte, i) => (i % 2 === zero) === (byte === 0)),
  );

/** Tabs and line ends are the only control bytes of a text. */
const isTextByte = (byte: number) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

const isText = (head: Uint8Array): boolean => head.every(isTextByte);

/** Whether it begins as a text and is one for the most part, as where a download or a disk has lost a piece. */
const isMostlyText = (head: Uint8Array): boolean =>
  isText(head.subarray(0, 8)) && head.filter((byte) => !isTextByte(byte)).length < head.length / 4;

const AS_CSV = 'save the images and labels as a CSV with the columns emotion, pixels and Usage';

/** What to do with a form that is not read. */
export const NEXT_STEP: Readonly<Record<Unreadable, string>> = {
  bzip2: 'unpack it first: bunzip2 FILE',
  xz: 'unpack it first: unxz FILE',
  zstd: 'unpack it first: unzstd FILE',
  '7z': 'unpack it first: 7z x FILE',
  rar: 'unpack it first: unrar x FILE',
  NumPy: AS_CSV,
  MATLAB: AS_CSV,
  LMDB: AS_CSV,
  R: AS_CSV,
  Avro: AS_CSV,
  ORC: AS_CSV,
  lz4: 'unpack it first: lz4 -d FILE',
  'piece of a divided zip': 'put the pieces together first: zip -s 0 FILE.zip --out whole.zip',
  'UTF-16 text': 'save it as UTF-8, which spreadsheets call "CSV UTF-8"',
  'text with control bytes': 'a piece of it is lost: download it again',
  'message of a server':
    'a server has answered with an error in place of the file: download it again, signed in where that is needed',
  HDF5: AS_CSV,
  Arrow: 'save the table as parquet',
  SQLite: AS_CSV,
  pickle: 'a pickle can run programs and is never opened: save the data as CSV',
  Excel: 'download the original file: a spreadsheet cuts cells of over 32,767 characters',
  OpenDocument: 'download the original file, or save the table as CSV',
  'Git LFS pointer': 'only the pointer was downloaded: run `git lfs pull` in the repository it came from',
  'web page': 'a web page, such as a sign-in form, was saved instead of the file: download the file itself',
  path: 'the file contains a path instead of the data (a link copied as text): give that path',
  JSON: 'it must be CSV, parquet, an archive of them, or class folders',
  picture: 'one picture is not a data set: give the folder of the class folders, or use `ferlab predict`',
  unknown: 'it must be CSV, parquet, an archive of them, or class folders',
};
