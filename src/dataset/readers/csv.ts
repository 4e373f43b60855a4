import { FerlabError } from '../../errors';
import type { RowCollector } from '../collector';
import { labelOfName, partNames } from '../spec';

const COMMA = 0x2c;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const BYTE_ORDER_MARK = '\ufeff';

/** Longest label, usage or header line that is kept; a longer one is no FER-2013. */
const MAX_TEXT = 4096;

type Column = 'emotion' | 'pixels' | 'usage' | 'other';

export interface CsvOptions {
  /** Named in errors. */
  readonly file: string;
  /** Usage of all rows of a file without a `Usage` column (train.csv); such a file is refused without it. */
  readonly defaultUsage?: number;
}

/**
 * Reads `emotion,pixels,Usage` in any column order from pieces of bytes of any size, straight into the
 * collector's byte array. A byte-order mark, CRLF, quoted fields and blank lines are accepted.
 */
export class CsvReader {
  #columns: Column[] | null = null;
  #column = 0;
  /** Text of the current field, or of the header line. */
  #text = '';
  #emotion = '';
  #usage = '';
  /** Pixels of this row so far. */
  #pixels = 0;
  /** Value of the number being read, or -1 between numbers. */
  #value = -1;
  #isBlank = true;
  /** Whether the pixels of this row are in quotes: not begun, open, or closed. */
  #quote: 'none' | 'open' | 'closed' = 'none';
  /** Whether a carriage return was read in the pixels: the row has to end. */
  #isReturned = false;
  /** Whether labels are names; the first row decides. */
  #areNamed: boolean | null = null;
  readonly #pixelsPerImage: number;
  readonly #parts: readonly string[];

  constructor(
    readonly rows: RowCollector,
    readonly options: CsvOptions,
  ) {
    this.#pixelsPerImage = rows.imageBytes;
    this.#parts = partNames(rows.spec);
  }

  /** @throws FerlabError that names file, row, problem and remedy */
  write(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (!this.#columns) at = this.#readHeader(bytes, at);
      else if (this.#columns[this.#column] === 'pixels') at = this.#readPixels(bytes, at);
      else at = this.#readText(bytes, at);
    }
  }

  /** How the parts are known, in words. */
  get partsFrom(): string {
    if (this.#parts.length === 0) return 'there are none';
    return this.#columns?.includes('usage') ? 'the column Usage' : 'the name of the file';
  }

  /** Whether the labels are names of classes. */
  get areNamed(): boolean {
    return this.#areNamed === true;
  }

  /** To be called after the last piece: ends a last line without a newline. */
  end(): void {
    if (!this.#columns && this.#text) this.#parseHeader();
    if (!this.#columns) throw this.#fail('the file is empty', 'download it again');
    if (this.#columns[this.#column] === 'pixels') this.#endLastPixels();
    else this.#endText();
    this.#endRow();
    if (this.rows.count === 0) throw this.#fail('there are no rows below the header', 'download it again');
  }

  #readHeader(bytes: Uint8Array, start: number): number {
    const end = bytes.indexOf(NEWLINE, start);
    this.#appendText(bytes, start, end < 0 ? bytes.length : end);
    if (end < 0) return bytes.length;
    this.#parseHeader();
    return end + 1;
  }

  #parseHeader(): void {
    const names = this.#text.replace(BYTE_ORDER_MARK, '').split(',');
    this.#text = '';
    this.#columns = names.map((name) => columnOf(name));
    if (
      !this.#columns.includes('emotion') &&
      this.#columns.includes('pixels') &&
      !this.#columns.includes('usage')
    ) {
      throw this.#fail(
        'there is no column emotion: this is the part without labels, as test.csv of the challenge',
        'nothing can be measured on it: use train.csv (with --protocol paper), or fer2013.csv or icml_face_data.csv',
      );
    }
    const twice = (['emotion', 'pixels', 'usage'] as const).find(
      (column) => this.#columns!.indexOf(column) !== this.#columns!.lastIndexOf(column),
    );
    if (twice) throw this.#fail(`there are two columns ${twice}`, 'take one of them out');
    const missing = (['emotion', 'pixels'] as const).filter((column) => !this.#columns!.includes(column));
    if (this.#parts.length > 0 && this.options.defaultUsage === undefined && !this.#columns.includes('usage'))
      missing.push('usage' as never);
    if (missing.length > 0) {
      throw this.#fail(
        `the header "${names.join(',').trim().slice(0, 80)}" has no column ${missing.join(', ')}`,
        'the first line has to name emotion, pixels and Usage',
      );
    }
  }

  #appendText(bytes: Uint8Array, start: number, end: number): void {
    this.#text += Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
    if (this.#text.length > MAX_TEXT) {
      throw this.#fail(`a field of over ${MAX_TEXT} characters`, 'check that the file is FER-2013 as CSV');
    }
  }

  #readText(bytes: Uint8Array, start: number): number {
    let end = start;
    while (end < bytes.length && bytes[end] !== COMMA && bytes[end] !== NEWLINE) end++;
    this.#appendText(bytes, start, end);
    if (end === bytes.length) return end;
    this.#endText();
    this.#endField(bytes[end]!);
    return end + 1;
  }

  #endText(): void {
    const text = this.#text
      .trim()
      .replace(/^"([^"]*)"$/, '$1')
      .trim();
    this.#text = '';
    if (text !== '') this.#isBlank = false;
    const column = this.#columns![this.#column];
    if (column === 'emotion') this.#emotion = text;
    else if (column === 'usage') this.#usage = text;
  }

  #readPixels(bytes: Uint8Array, start: number): number {
    const isBetween = this.#value < 0 && !this.#arePixelsOver;
    return this.#readAnyPixels(bytes, isBetween ? this.#readPlainPixels(bytes, start) : start);
  }

  /** Whether quotes were closed or the line is ending, so that no number may follow. */
  get #arePixelsOver(): boolean {
    return this.#quote === 'closed' || this.#isReturned;
  }

  #endOfNumbers(bytes: Uint8Array, start: number): number {
    return this.#arePixelsOver ? start : bytes.length;
  }

  // The hot loop of the first load: 300 MB pass through here. It takes whole numbers of one to three digits that end
  // with one blank, and leaves whatever else there is, errors too, to the loop that looks at every byte.
  #readPlainPixels(bytes: Uint8Array, start: number): number {
    const images = this.rows.images;
    const base = this.rows.nextOffset;
    const all = this.#pixelsPerImage;
    const last = bytes.length - 4;
    let pixels = this.#pixels;
    let at = start;
    while (at <= last && pixels < all) {
      let value = bytes[at]! - ZERO;
      if (value >>> 0 > 9) break;
      let next = at + 1;
      for (let digits = 1; digits < 3 && bytes[next] !== SPACE; digits++, next++) {
        const digit = bytes[next]! - ZERO;
        if (digit >>> 0 > 9) break;
        value = value * 10 + digit;
      }
      if (bytes[next] !== SPACE || value > 255) break;
      images[base + pixels] = value;
      pixels++;
      at = next + 1;
    }
    this.#pixels = pixels;
    return at;
  }

  #readAnyPixels(bytes: Uint8Array, start: number): number {
    const all = this.#pixelsPerImage;
    const images = this.rows.images;
    const base = this.rows.nextOffset;
    let pixels = this.#pixels;
    let value = this.#value;
    let at = start;
    const end = this.#endOfNumbers(bytes, start);
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte >= ZERO && byte <= NINE) {
        value = value < 0 ? byte - ZERO : value * 10 + byte - ZERO;
        if (value > 255) break;
      } else if (byte === SPACE) {
        if (value < 0) continue;
        if (pixels < all) images[base + pixels] = value;
        pixels++;
        value = -1;
      } else break;
    }
    this.#pixels = pixels;
    this.#value = value;
    return at < bytes.length ? this.#leavePixels(bytes[at]!, at) : at;
  }

  /** Handles the byte that is neither digit nor blank. */
  #leavePixels(byte: number, at: number): number {
    if (this.#value > 255) throw this.#badPixel(this.#value);
    if (byte === QUOTE && this.#takesQuote()) return at + 1;
    if (byte === RETURN && !this.#isReturned) {
      this.#isReturned = true;
      return at + 1;
    }
    const isEnd = byte === NEWLINE || (byte === COMMA && !this.#isReturned);
    if (!isEnd || this.#quote === 'open') throw this.#badPixel(String.fromCharCode(byte));
    this.#endPixels();
    this.#endField(byte);
    return at + 1;
  }

  /** Quotes stand around all pixels of a row, or nowhere. */
  #takesQuote(): boolean {
    const isFirst = this.#pixels === 0 && this.#value < 0;
    const next = this.#quote === 'none' && isFirst ? 'open' : this.#quote === 'open' ? 'closed' : null;
    if (next) this.#quote = next;
    return next !== null && !this.#isReturned;
  }

  /** Ends the pixels of a file whose last row has no line end: nobody can tell whether its last number was cut. */
  #endLastPixels(): void {
    const isCertain = this.#value < 0 || this.#quote === 'closed' || this.#isReturned;
    if (!isCertain) {
      throw this.#fail(
        `the file ends with the number ${this.#value} and without a line end: it may have been cut there`,
        'download it again; if the number is whole, add a line end',
      );
    }
    this.#endPixels();
  }

  #endPixels(): void {
    if (this.#value >= 0) {
      if (this.#pixels < this.#pixelsPerImage)
        this.rows.images[this.rows.nextOffset + this.#pixels] = this.#value;
      this.#pixels++;
      this.#value = -1;
    }
    if (this.#pixels > 0) this.#isBlank = false;
  }

  #endField(separator: number): void {
    if (separator === COMMA) this.#nextColumn();
    else this.#endRow();
  }

  #nextColumn(): void {
    this.#column++;
    this.#quote = 'none';
    if (this.#column < this.#columns!.length) return;
    throw this.#fail(
      `more than ${this.#columns!.length} fields`,
      'the rows have to have the columns of the first line',
    );
  }

  #endRow(): void {
    if (!this.#isBlank) this.rows.add(this.#parseEmotion(), this.#parseUsage());
    this.#column = 0;
    this.#pixels = 0;
    this.#emotion = '';
    this.#usage = '';
    this.#isBlank = true;
    this.#quote = 'none';
    this.#isReturned = false;
  }

  #parseEmotion(): number {
    if (this.#pixels !== this.#pixelsPerImage) {
      throw this.#fail(
        `${this.#pixels} pixels instead of ${this.#pixelsPerImage}`,
        'the file is damaged: download it again',
      );
    }
    const classes = this.rows.spec.classes.length;
    const named = labelOfName(this.rows.spec, this.#emotion);
    this.#areNamed ??= named >= 0;
    if (this.#areNamed && named >= 0) return named;
    if (this.#areNamed) throw this.#fail(`emotion "${this.#emotion}" is no class`, 'correct the row');
    const label = Number(this.#emotion);
    if (!/^\d+$/.test(this.#emotion) || label >= classes) {
      throw this.#fail(
        `emotion "${this.#emotion}" is not a number from 0 to ${classes - 1}`,
        'correct the row',
      );
    }
    return label;
  }

  #parseUsage(): number {
    if (this.#parts.length === 0) return 0;
    if (!this.#columns!.includes('usage')) return this.options.defaultUsage!;
    const usage = this.#parts.indexOf(this.#usage);
    if (usage < 0) {
      throw this.#fail(`Usage "${this.#usage}" is none of ${this.#parts.join(', ')}`, 'correct the row');
    }
    return usage;
  }

  #badPixel(value: number | string): FerlabError {
    return this.#fail(
      `pixel ${this.#pixels + 1} is "${value}", not a number from 0 to 255`,
      'correct the row',
    );
  }

  #fail(problem: string, remedy: string): FerlabError {
    const row = this.#columns ? `, row ${this.rows.count + 1}` : '';
    return new FerlabError(`${this.options.file}${row}: ${problem}`, { remedy });
  }
}

function columnOf(name: string): Column {
  const plain = name.replace(/"/g, '').trim().toLowerCase();
  return plain === 'emotion' || plain === 'pixels' || plain === 'usage' ? plain : 'other';
}
