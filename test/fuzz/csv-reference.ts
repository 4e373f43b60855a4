import { HEAD_BYTES } from '../../src/dataset/readers/sniff';
import { SPELLINGS } from './csv-text';
import { PIXELS, type Row } from './truth';

/**
 * A second reader of `emotion,pixels,Usage`, as plain as can be: what it can't read without doubt has to be refused.
 * @returns the rows, or null where the text has to be refused
 */
export function readCsvPlainly(bytes: Buffer): Row[] | null {
  if (bytes.subarray(0, HEAD_BYTES).some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0d].includes(byte)))
    return null;
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const records = splitRecords(text);
  if (!records || records.length < 2) return null;
  const columns = records[0]!.map((name) => name.trim().toLowerCase());
  const at = ['emotion', 'pixels', 'usage'].map((name) => columns.indexOf(name));
  const isTwice = at.some((place, i) => columns.lastIndexOf(['emotion', 'pixels', 'usage'][i]!) !== place);
  const isRow = columns.some((name) => /^\d+( \d+){20,}/.test(name));
  if (at.includes(-1) || isTwice || isRow) return null;
  const rows: NamedRow[] = [];
  for (const record of records.slice(1)) {
    if (record.every((field) => field.trim() === '')) continue;
    if (record.length > columns.length) return null;
    const row = rowOf(record, at as [number, number, number]);
    if (!row) return null;
    rows.push(row);
  }
  const isCut = /\d$/.test(text) && records.at(-1)!.length - 1 === at[1];
  const kinds = new Set(rows.map(({ isNamed }) => isNamed));
  return rows.length === 0 || kinds.size > 1 || isCut ? null : rows.map(({ row }) => row);
}

/** The official names, and words that mean a part. */
const PARTS = [
  /^(training|train)$/i,
  /^(PublicTest|public[-_]?test|public|val|valid|validate|validation|dev)$/i,
  /^(PrivateTest|private[-_]?test|private|test|testing)$/i,
];

interface NamedRow {
  readonly row: Row;
  readonly isNamed: boolean;
}

/** Records of fields; null where quotes are not those of RFC 4180, or a field holds a line end. */
function splitRecords(text: string): string[][] | null {
  const field = /\s*"((?:[^"\n]|"")*)"\s*|(?!\s*")[^,\n]*/;
  const records: string[][] = [];
  for (const line of text.split('\n')) {
    const record: string[] = [];
    let rest = line.replace(/\r$/, '');
    for (;;) {
      const found = new RegExp(`^(?:${field.source})(,|$)`).exec(rest);
      if (!found) return null;
      record.push(found[1]?.replaceAll('""', '"') ?? found[0].replace(/,$/, ''));
      rest = rest.slice(found[0].length);
      if (found[2] === '') break;
    }
    records.push(record);
  }
  return records;
}

function rowOf(
  record: readonly string[],
  [emotion, pixels, usage]: readonly [number, number, number],
): NamedRow | null {
  const name = record[emotion]?.trim() ?? '';
  const named = SPELLINGS.findIndex((some) =>
    some.some((spelling) => spelling.trim().toLowerCase() === name.toLowerCase()),
  );
  const label = named >= 0 ? named : /^[0-6](\.0+)?$/.test(name) ? Number(name) : -1;
  const part = PARTS.findIndex((names) => names.test(record[usage]?.trim() ?? ''));
  const levels = pixelsOf(record[pixels] ?? '');
  if (label < 0 || part < 0 || !levels) return null;
  return { row: { label, part, pixels: levels }, isNamed: named >= 0 };
}

function pixelsOf(text: string): Uint8Array | null {
  const words = text.split(' ').filter((word) => word !== '');
  const areNumbers = words.every((word) => /^\d+$/.test(word) && Number(word) <= 255);
  return words.length === PIXELS && areNumbers ? Uint8Array.from(words, Number) : null;
}
