import { inverseDct } from './inverse-dct';

/** What the header of a plain JPEG holds. */
interface Frame {
  /** Divisors of the 64 frequencies, in zigzag order. */
  readonly quantisation: Uint16Array;
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
  /** Where the compressed data begin. */
  readonly start: number;
}

/** Bits that a lookup decodes at once; longer codes are walked bit by bit. */
const LOOKUP_BITS = 9;

interface HuffmanTable {
  /** By the next nine bits: length of the code and its symbol, or 0 for a longer code. */
  readonly lookup: Uint16Array;
  /**
   * By the next nine bits, where they hold a code and the number behind it: the number shifted by 8 bits, the run of zeros
   * before it by 4, and the bits of both; else 0.
   */
  readonly numbers: Int16Array;
  /** By length: the code after the last one of that length, left-aligned to 16 bits; and what leads to its symbol. */
  readonly ends: Int32Array;
  readonly offsets: Int32Array;
  readonly symbols: Uint8Array;
}

/** Natural place of each frequency in zigzag order. */
const ZIGZAG = Uint8Array.from(
  (
    '0 1 8 16 9 2 3 10 17 24 32 25 18 11 4 5 12 19 26 33 40 48 41 34 27 20 13 6 7 14 21 28 35 42 49 56 57 50 43 36 29 22 15 23 30 37 ' +
    '44 51 58 59 52 45 38 31 39 46 53 60 61 54 47 55 62 63'
  ).split(' '),
  Number,
);

/**
 * Grey levels [side, side] of a JPEG of the kind that copies of small data sets are made of: baseline, grey, of exactly this
 * size, without orientation or restart markers. The levels are those of libjpeg, to the bit, in far less time than a
 * decoder for everything takes to start. Null for every other picture and at the least damage: that decoder judges it.
 */
export function decodePlainJpeg(bytes: Uint8Array, side: number): Uint8Array | null {
  if (side % 8 !== 0) return null;
  const frame = readFrame(bytes, side);
  const data = frame && entropyData(bytes, frame.start);
  return data && decodeBlocks(data, frame, side);
}

const FRAME = 0xffc0;
const HUFFMAN = 0xffc4;
const SCAN = 0xffda;
const QUANTISATION = 0xffdb;

/** Segments that say nothing about the pixels: JFIF's own and comments. */
const IDLE = new Set([0xffe0, 0xfffe]);

function readFrame(bytes: Uint8Array, side: number): Frame | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Found = { quantisation: null, tables: new Map(), isPlain: false };
  for (let at = 2; at + 4 <= bytes.length; ) {
    const kind = view.getUint16(at);
    const length = view.getUint16(at + 2);
    const content = bytes.subarray(at + 4, at + 2 + length);
    at += 2 + length;
    if (content.length !== length - 2) return null;
    if (kind === SCAN) return frameOf(found, content, at);
    if (!takeSegment(kind, content, { found, side })) return null;
  }
  return null;
}

/** What the segments before the pixels have told. */
interface Found {
  quantisation: Uint16Array | null;
  readonly tables: Map<number, HuffmanTable>;
  isPlain: boolean;
}

/** @returns false for a segment that is damaged, or that may change what is seen */
function takeSegment(
  kind: number,
  content: Uint8Array,
  { found, side }: { found: Found; side: number },
): boolean {
  if (kind === QUANTISATION) found.quantisation = readQuantisation(content);
  else if (kind === FRAME) found.isPlain = isPlainFrame(content, side);
  else if (kind === HUFFMAN) return readTables(content, found.tables);
  else return IDLE.has(kind);
  return true;
}

/** One component, all frequencies at once. */
function frameOf({ quantisation, tables, isPlain }: Found, content: Uint8Array, start: number): Frame | null {
  const [dc, ac] = [tables.get(0), tables.get(0x10)];
  const isWhole = content[0] === 1 && content.subarray(2).join() === '0,0,63,0';
  return isPlain && isWhole && quantisation && dc && ac ? { quantisation, dc, ac, start } : null;
}

/** 8 bits, one component, this size, the first table. */
const isPlainFrame = (content: Uint8Array, side: number) =>
  content.length === 9 &&
  content[0] === 8 &&
  content[1]! * 256 + content[2]! === side &&
  content[3]! * 256 + content[4]! === side &&
  content[5] === 1 &&
  content[7] === 0x11 &&
  content[8] === 0;

const readQuantisation = (content: Uint8Array) =>
  content.length === 65 && content[0] === 0 ? Uint16Array.from(content.subarray(1)) : null;

/** Adds the tables of a segment. @returns whether they are whole */
function readTables(content: Uint8Array, tables: Map<number, HuffmanTable>): boolean {
  for (let at = 0; at < content.length; ) {
    const lengths = content.subarray(at + 1, at + 17);
    const count = lengths.reduce((sum, some) => sum + some, 0);
    const symbols = content.subarray(at + 17, at + 17 + count);
    if (lengths.length < 16 || symbols.length < count) return false;
    const table = keptTable(content.subarray(at + 1, at + 17 + count));
    if (!table) return false;
    tables.set(content[at]!, table);
    at += 17 + count;
  }
  return true;
}

/** Tables that are kept: the pictures of a data set mostly share theirs. */
const MOST_KEPT = 16;

const kept = new Map<string, HuffmanTable | null>();

/** The table of a definition, built once. @param content 16 lengths and the symbols */
function keptTable(content: Uint8Array): HuffmanTable | null {
  const key = Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
  const known = kept.get(key);
  if (known !== undefined) return known;
  const table = buildTable(content.subarray(0, 16), content.slice(16));
  if (kept.size === MOST_KEPT) kept.clear();
  kept.set(key, table);
  return table;
}

function buildTable(lengths: Uint8Array, symbols: Uint8Array): HuffmanTable | null {
  const lookup = new Uint16Array(1 << LOOKUP_BITS);
  const [ends, offsets] = [new Int32Array(17), new Int32Array(17)];
  let [code, first] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    const count = lengths[length - 1]!;
    offsets[length] = first - code;
    for (let i = 0; i < count && length <= LOOKUP_BITS; i++) {
      const shift = LOOKUP_BITS - length;
      lookup.fill((length << 8) | symbols[first + i]!, (code + i) << shift, (code + i + 1) << shift);
    }
    code += count;
    first += count;
    if (code > 1 << length) return null;
    ends[length] = code << (16 - length);
    code <<= 1;
  }
  return { lookup, numbers: numbersIn(lookup), ends, offsets, symbols };
}

/** What whole numbers the next nine bits hold; see `HuffmanTable.numbers`. */
function numbersIn(lookup: Uint16Array): Int16Array {
  return Int16Array.from(lookup, (found, next) => {
    const [length, run, size] = [found >> 8, (found >> 4) & 15, found & 15];
    const bits = length + size;
    if (found === 0 || size === 0 || bits > LOOKUP_BITS) return 0;
    const number = extended((next >> (LOOKUP_BITS - bits)) & ((1 << size) - 1), size);
    return Math.abs(number) < 128 ? (number << 8) | (run << 4) | bits : 0;
  });
}

/** A number of so many bits; the lower half of them are negative. */
const extended = (value: number, size: number) => (value < 1 << (size - 1) ? value - (1 << size) + 1 : value);

/** The compressed data without stuffed bytes, if nothing but the end of the picture follows them; else null. */
function entropyData(bytes: Uint8Array, start: number): Uint8Array | null {
  const end = bytes.length - 2;
  if (end < start || bytes[end] !== 0xff || bytes[end + 1] !== 0xd9) return null;
  const data = new Uint8Array(end - start);
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    data[length++] = byte;
    if (byte === 0xff && (at + 1 === end || bytes[++at] !== 0)) return null;
  }
  return data.subarray(0, length);
}

function decodeBlocks(data: Uint8Array, { quantisation, dc, ac }: Frame, side: number): Uint8Array | null {
  const bits = new BitReader(data);
  const image = new Uint8Array(side * side);
  const block = new Int32Array(64);
  let level = 0;
  for (let y = 0; y < side; y += 8) {
    for (let x = 0; x < side; x += 8) {
      block.fill(0);
      const size = bits.symbol(dc);
      if (size < 0 || size > 11) return null;
      level += bits.signed(size);
      block[0] = level * quantisation[0]!;
      if (!readFrequencies(bits, ac, quantisation, block)) return null;
      if (!inverseDct(block, image, { offset: y * side + x, side })) return null;
    }
  }
  return bits.isAtEnd ? image : null;
}

/** @returns false for what no encoder writes */
function readFrequencies(
  bits: BitReader,
  ac: HuffmanTable,
  quantisation: Uint16Array,
  block: Int32Array,
): boolean {
  for (let k = 1; k < 64; k++) {
    const found = bits.number(ac);
    if (found !== 0) {
      k += (found >> 4) & 15;
      if (k > 63) return false;
      block[ZIGZAG[k]!] = (found >> 8) * quantisation[k]!;
      continue;
    }
    const symbol = bits.symbol(ac);
    if (symbol < 0) return false;
    const size = symbol & 15;
    k += symbol >> 4;
    if (size === 0 && symbol !== 0xf0) return symbol === 0;
    if (k > 63 || size > 10) return false;
    if (size > 0) block[ZIGZAG[k]!] = bits.signed(size) * quantisation[k]!;
  }
  return true;
}

/** Reads bits, the highest first. Past the end it gives zeros, which {@link isAtEnd} tells. */
class BitReader {
  #at = 0;
  #bits = 0;
  #count = 0;

  constructor(readonly data: Uint8Array) {}

  /** Whether nothing but the rest of the last byte is left. */
  get isAtEnd(): boolean {
    return this.#at - (this.#count >> 3) === this.data.length;
  }

  /** A number and the run of zeros before it, as in `HuffmanTable.numbers`; 0, and nothing read, where it is longer. */
  number({ numbers }: HuffmanTable): number {
    const found = numbers[this.#peek() >>> (16 - LOOKUP_BITS)]!;
    this.#count -= found & 15;
    return found;
  }

  /** The next symbol, or -1 for a code that the table does not have. */
  symbol({ lookup, ends, offsets, symbols }: HuffmanTable): number {
    const next = this.#peek();
    const found = lookup[next >>> (16 - LOOKUP_BITS)]!;
    if (found !== 0) {
      this.#count -= found >> 8;
      return found & 255;
    }
    for (let length = LOOKUP_BITS + 1; length <= 16; length++) {
      if (next >= ends[length]!) continue;
      this.#count -= length;
      return symbols[(next >>> (16 - length)) + offsets[length]!]!;
    }
    return -1;
  }

  /** See {@link extended}. */
  signed(size: number): number {
    if (size === 0) return 0;
    const value = this.#peek() >>> (16 - size);
    this.#count -= size;
    return extended(value, size);
  }

  #lastBytes(): number {
    return (this.data[this.#at] ?? 0) << 8;
  }

  /** The next 16 bits. */
  #peek(): number {
    if (this.#count < 16) {
      const next =
        this.#at + 1 < this.data.length
          ? (this.data[this.#at]! << 8) | this.data[this.#at + 1]!
          : this.#lastBytes();
      this.#bits = (this.#bits << 16) | next;
      this.#at += 2;
      this.#count += 16;
    }
    return (this.#bits >>> (this.#count - 16)) & 0xffff;
  }
}
