import { formOf, HEAD_BYTES } from '../dataset/readers/sniff';
import { FerlabError } from '../errors';
import { formatOf } from '../preprocess/picture-format';

/** Zip archives that are documents, by a name that stands in them. */
const ZIPPED: readonly (readonly [name: string, member: string])[] = [
  ['a Word document', 'word/document.xml'],
  ['an Excel workbook', 'xl/workbook.xml'],
  ['PowerPoint slides', 'ppt/presentation.xml'],
  ['an OpenDocument file', 'application/vnd.oasis.opendocument'],
];

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
  if (isUtf16(bytes))
    return { text: new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes) };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return { text, assumption: 'the file is not UTF-8 and was read as Windows-1252' };
  }
}

function documentOf(bytes: Uint8Array): string | null {
  const picture = formatOf(bytes);
  if (picture === 'PDF') return 'a PDF';
  if (!READABLE.includes(picture)) return `a picture (${picture})`;
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '{\\rtf') return 'a Rich Text document';
  switch (formOf(bytes.subarray(0, HEAD_BYTES))) {
    case 'Excel':
      return 'a Word or Excel document in the old format';
    case 'gzip':
      return 'a gzip archive';
    case 'zip':
      return zippedDocument(bytes);
    default:
      return !isUtf16(bytes) && bytes.includes(0) ? 'binary' : null;
  }
}

function zippedDocument(bytes: Uint8Array): string {
  const content = Buffer.from(bytes).toString('latin1');
  return ZIPPED.find(([, member]) => content.includes(member))?.[0] ?? 'a zip archive';
}

const isUtf16 = (bytes: Uint8Array) => formOf(bytes.subarray(0, HEAD_BYTES)) === 'UTF-16 text';
