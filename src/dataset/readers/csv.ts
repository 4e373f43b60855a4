import { FerlabError } from '../../errors';
import type { RowCollector } from '../collector';
import { partNames } from '../spec';
import { type Header, isRefusal, parseHeader } from './csv-header';
import { PixelReader, wordAt } from './csv-pixels';
import { RowParser } from './csv-row';
import { noteOnColumns } from './tree';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const SPACE = 0x20;

/** A quote opens or closes a field; two within quotes are one of the text; in a bare field it is any character. */
const AFTER_QUOTE = { start: 'quoted', bare: 'bare', quoted: 'closed', closed: 'quoted' } as const;

/** Longest label, usage or header line that is kept; a longer one is of another kind of file. */
const MAX_TEXT = 4096;

/** Header lines may be longer: those of a column for each pixel are told as such. */
const MAX_HEADER = 65_536;

/** Lines of Macintoshes before 2001, and of some spreadsheets today. */
const RETURNS_ALONE = [
  'its lines end with a carriage return alone',
  'save it with the line ends of Unix or Windows',
] as const;

export interface CsvOptions {
  /** Named in errors. */
  readonly file: string;
  /** Usage of all rows of a file without a `Usage` column (train.csv); such a file is refused without it. */
  readonly defaultUsage?: number;
}

/**
 * Reads `emotion,pixels,Usage` in any column order from pieces of bytes of any size, straight into the
 * collector's byte array. A byte-order mark, CRLF, quoted fields, blank lines, and semicolons or tabs in place of
 * commas are accepted.
 */
export class CsvReader {
  #header: Header | null = null;
  #column = 0;
  /** Line of the file, from 1. */
  #line = 1;
  /** Text of the current field, or of the header line. */
  #text = '';
  /** Where in the current field the reader is: quotes count only around a whole field. */
  #field: 'start' | 'bare' | 'quoted' | 'closed' = 'start';
  #emotion = '';
  #usage = '';
  #isBlank = true;
  /** Whether the pixels of this row are in quotes: not begun, open, or closed. */
  #quote: 'none' | 'open' | 'closed' = 'none';
  /** Whether a carriage return was read in the pixels: the row has to end. */
  #isReturned = false;
  readonly #pixels: PixelReader;
  readonly #parser: RowParser;

  constructor(
    readonly rows: RowCollector,
    readonly options: CsvOptions,
  ) {
    this.#pixels = new PixelReader(rows);
    this.#parser = new RowParser(rows.spec, {
      defaultUsage: options.defaultUsage,
      fail: (problem, remedy) => this.#fail(problem, remedy),
    });
  }

  /** @throws FerlabError that names file, line, problem and remedy */
  write(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (!this.#header) at = this.#readHeader(bytes, at);
      else if (this.#isInPixels) at = this.#readPixels(bytes, at);
      else at = this.#readText(bytes, at);
    }
  }

  /** How the parts are known, in words. */
  get partsFrom(): string {
    if (partNames(this.rows.spec).length === 0) return 'there are none';
    return this.#hasUsage ? 'the column Usage' : 'the name of the file';
  }

  /** What is not used, in words. */
  get notes(): string[] {
    const { parts, title } = this.rows.spec;
    const isIdle = this.#hasUsage && parts.length === 0;
    const { passedOver = [] } = this.#header ?? {};
    return [
      ...(isIdle ? [`not used: the column of the parts, for ${title} has no official ones`] : []),
      ...noteOnColumns(passedOver),
    ];
  }

  /** Whether the labels are names of classes. */
  get areNamed(): boolean {
    return this.#parser.areNamed;
  }

  /** To be called after the last piece: ends a last line without a newline. */
  end(): void {
    if (!this.#header && this.#text) this.#parseHeader();
    if (!this.#header) throw this.#fail('the file is empty', 'download it again');
    if (this.#isInPixels) this.#endLastPixels();
    else this.#endText();
    this.#endRow();
    if (this.rows.count === 0) throw this.#fail('there are no rows below the header', 'download it again');
  }

  get #isInPixels(): boolean {
    return this.#header?.columns[this.#column] === 'pixels';
  }

  #readHeader(bytes: Uint8Array, start: number): number {
    const end = bytes.indexOf(NEWLINE, start);
    this.#appendText(bytes, [start, end < 0 ? bytes.length : end], MAX_HEADER);
    if (end < 0) return bytes.length;
    this.#parseHeader();
    this.#line++;
    return end + 1;
  }

  #parseHeader(): void {
    const line = Buffer.from(this.#text, 'latin1').toString('utf8');
    if (/\r(?!\n|$)/.test(line)) throw this.#fail(...RETURNS_ALONE);
    const header = parseHeader(line, this.rows.spec, this.options.defaultUsage !== undefined);
    this.#text = '';
    if (isRefusal(header)) throw this.#fail(header.problem, header.remedy);
    this.#header = header;
  }

  #appendText(bytes: Uint8Array, [start, end]: readonly [number, number], most = MAX_TEXT): void {
    this.#text += Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
    if (!this.#header && this.#text.length > most && /\r(?!\n)/.test(this.#text.slice(0, -1)))
      throw this.#fail(...RETURNS_ALONE);
    if (this.#text.length > most)
      throw this.#fail(
        `a field of over ${most} characters`,
        `check that the file is ${this.rows.spec.title} as CSV`,
      );
  }

  /** A comma within quotes is part of the text; a line end is not. */
  #readText(bytes: Uint8Array, start: number): number {
    const { separator } = this.#header!;
    let end = start;
    for (; end < bytes.length; end++) {
      const byte = bytes[end]!;
      if (byte === NEWLINE || (byte === separator && this.#field !== 'quoted')) break;
      if (byte === QUOTE) this.#field = AFTER_QUOTE[this.#field];
      else if (this.#field === 'start' && byte !== SPACE) this.#field = 'bare';
    }
    this.#appendText(bytes, [start, end]);
    if (end === bytes.length) return end;
    this.#endText();
    this.#endField(bytes[end]!);
    return end + 1;
  }

  #endText(): void {
    if (this.#field === 'quoted') throw this.#fail('a quote is not closed', 'correct the line');
    this.#field = 'start';
    const bare = Buffer.from(this.#text, 'latin1').toString('utf8').trim();
    const text = bare
      .replace(/^"((?:[^"]|"")*)"$/, (_, quoted: string) => quoted.replaceAll('""', '"'))
      .trim();
    this.#text = '';
    if (text !== '') this.#isBlank = false;
    const column = this.#header!.columns[this.#column];
    if (column === 'emotion') this.#emotion = text;
    else if (column === 'usage') this.#usage = text;
  }

  #readPixels(bytes: Uint8Array, start: number): number {
    // Where quotes were closed or the line is ending no number may follow.
    const isOver = this.#quote === 'closed' || this.#isReturned;
    const at = isOver ? start : this.#pixels.read(bytes, start);
    return at < bytes.length ? this.#leavePixels(bytes, at) : at;
  }

  /** Handles the byte that is neither digit nor blank. */
  #leavePixels(bytes: Uint8Array, at: number): number {
    const byte = bytes[at]!;
    if (this.#pixels.value > 255) throw this.#badPixel(wordAt(bytes, at));
    if (byte === QUOTE && this.#takesQuote()) return at + 1;
    if (byte === RETURN && !this.#isReturned) {
      this.#isReturned = true;
      return at + 1;
    }
    if (byte === NEWLINE && this.#quote === 'open')
      throw this.#fail(
        'the line ends within the quotes of its pixels',
        'write each row on a line of its own',
      );
    const isEnd = byte === NEWLINE || (byte === this.#header!.separator && !this.#isReturned);
    if (!isEnd || this.#quote === 'open') throw this.#badPixel(wordAt(bytes, at));
    this.#endPixels();
    this.#endField(byte);
    return at + 1;
  }

  /** Quotes stand around all pixels of a row, or nowhere. */
  #takesQuote(): boolean {
    const isFirst = this.#pixels.count === 0 && this.#pixels.value < 0;
    const next = this.#quote === 'none' && isFirst ? 'open' : this.#quote === 'open' ? 'closed' : null;
    if (next) this.#quote = next;
    return next !== null && !this.#isReturned;
  }

  /** Ends the pixels of a file whose last row has no line end: nobody can tell whether its last number was cut. */
  #endLastPixels(): void {
    const { value } = this.#pixels;
    if (value >= 0 && this.#quote !== 'closed' && !this.#isReturned) {
      throw this.#fail(
        `the file ends with the number ${value} and without a line end: it may have been cut there`,
        'download it again; if the number is whole, add a line end',
      );
    }
    this.#endPixels();
  }

  #endPixels(): void {
    this.#pixels.endNumber();
    if (this.#pixels.count > 0) this.#isBlank = false;
  }

  #endField(byte: number): void {
    if (byte === NEWLINE) this.#endRow();
    else this.#nextColumn();
  }

  #nextColumn(): void {
    this.#column++;
    this.#quote = 'none';
    const { length } = this.#header!.columns;
    if (this.#column < length) return;
    throw this.#fail(`more than ${length} fields`, 'each row must have the columns of the first line');
  }

  #endRow(): void {
    if (!this.#isBlank) this.#addRow();
    this.#line++;
    this.#column = 0;
    this.#pixels.reset();
    this.#emotion = '';
    this.#usage = '';
    this.#isBlank = true;
    this.#quote = 'none';
    this.#isReturned = false;
  }

  #addRow(): void {
    this.#parser.checkPixels(this.#pixels.count);
    const usage = this.#hasUsage ? this.#usage : null;
    this.rows.add(this.#parser.label(this.#emotion), this.#parser.usage(usage));
  }

  get #hasUsage(): boolean {
    return this.#header?.columns.includes('usage') === true;
  }

  #badPixel(word: string): FerlabError {
    return this.#fail(
      `pixel ${this.#pixels.count + 1} is "${word}", not a number from 0 to 255`,
      /^\d*\.\d+$/.test(word)
        ? 'write whole numbers from 0 to 255; shares of white have to be multiplied by 255'
        : 'correct the row: whole numbers with blanks between them',
    );
  }

  #fail(problem: string, remedy: string): FerlabError {
    const place = this.#header ? `, line ${this.#line} (row ${this.rows.count + 1})` : ', line 1';
    return new FerlabError(`${this.options.file}${place}: ${problem}`, { remedy });
  }
}
