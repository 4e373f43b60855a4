import { FerlabError } from '../errors';
import { formatOf } from '../preprocess/picture-format';

/** Documents that hold tables and are no text, by bytes at their start. */
const DOCUMENTS: readonly (readonly [name: string, start: string])[] = [
  ['a PDF', '%PDF-'],
  ['a Rich Text document', '{\\rtf'],
  ['a Word or Excel document in the old format', '\xd0\xcf\x11\xe0'],
  ['a gzip archive', '\x1f\x8b'],
];

/** Zip archives that are documents, by a name that stands in them. */
const ZIPPED: readonly (readonly [name: string, member: string])[] = [
  ['a Word document', 'word/document.xml'],
  ['an Excel workbook', 'xl/workbook.xml'],
  ['PowerPoint slides', 'ppt/presentation.xml'],
  ['an OpenDocument file', 'application/vnd.oasis.opendocument'],
];

/** Marks with which a text in UTF-16 begins. */
const UTF_16 = [
  ['\xff\xfe', 'utf-16le'],
  ['\xfe\xff', 'utf-16be'],
] as const;

/** Formats of pictures that are text, and so may hold a table. */
const READABLE: readonly (string | null)[] = ['HTML', 'SVG', 'Netpbm', null];

/** Text, with what had to be assumed to read it. */
export interface DecodedText {
  readonly text: string;
  readonly assumption?: string;
}

/**
 * The text of a file: UTF-8, UTF-16 with its mark, else Windows-1252, which is said.
 * @param name what errors call the file
 * @throws FerlabError that names what the file is instead
 */
export function decodeText(bytes: Uint8Array, name: string): DecodedText {
  const other = documentOf(bytes);
  if (other) {
    throw new FerlabError(`${name}: the file is ${other}, not a text`, {
      remedy: 'open it, copy the table, and give the copied text as a file or with - as standard input',
    });
  }
  const marked = UTF_16.find(([mark]) => startsWith(bytes, mark));
  if (marked) return { text: new TextDecoder(marked[1]).decode(bytes) };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return { text, assumption: 'the file is not UTF-8 and was read as Windows-1252' };
  }
}

function documentOf(bytes: Uint8Array): string | null {
  const known = DOCUMENTS.find(([, start]) => startsWith(bytes, start));
  if (known) return known[0];
  const picture = formatOf(bytes);
  if (!READABLE.includes(picture)) return `a picture (${picture})`;
  if (startsWith(bytes, 'PK\x03\x04')) {
    const content = Buffer.from(bytes).toString('latin1');
    return ZIPPED.find(([, member]) => content.includes(member))?.[0] ?? 'a zip archive';
  }
  const isUtf16 = UTF_16.some(([mark]) => startsWith(bytes, mark));
  return !isUtf16 && bytes.includes(0) ? 'binary' : null;
}

const startsWith = (bytes: Uint8Array, start: string) =>
  Buffer.from(bytes.subarray(0, start.length)).toString('latin1') === start;
