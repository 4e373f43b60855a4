/** Pixels as they are stored in memory: rows from the top, channels interleaved, 0 to 255. */
export interface RawPicture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  /** Where the palette and the pixels begin, in bytes. */
  readonly palette: number;
  readonly start: number;
  /** Bytes of a colour in the palette. */
  readonly colourBytes: number;
}

/**
 * Decodes a BMP without compression: 1, 4 or 8 bits with a palette, 24 bits, or 32 bits, whose fourth byte is ignored,
 * as most programs leave it empty.
 * @throws Error that says what is not supported or damaged
 */
export function decodeBmp(bytes: Uint8Array, maxPixels: number): RawPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = readHeader(view, maxPixels);
  const { width, height, bits, isTopDown, start } = header;
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (start + stride * height > bytes.length) throw new Error('the file ends before the last row');
  const colourAt = bits <= 8 ? paletteReader(view, header) : colourReader(view, bits);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const line = start + stride * (isTopDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++) {
      const blue = colourAt(line, x);
      const at = 3 * (y * width + x);
      pixels[at] = bytes[blue + 2]!;
      pixels[at + 1] = bytes[blue + 1]!;
      pixels[at + 2] = bytes[blue]!;
    }
  }
  return { pixels, width, height, channels: 3 };
}

function readHeader(view: DataView, maxPixels: number): Header {
  if (view.byteLength < 30) throw new Error('the file ends within its header');
  const size = view.getUint32(14, true);
  const isOld = size === 12;
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const tall = isOld ? view.getInt16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isOld ? 24 : 28, true);
  const compression = isOld || view.byteLength < 34 ? 0 : view.getUint32(30, true);
  const height = Math.abs(tall);
  if (width <= 0 || height === 0) throw new Error(`${width}x${height} pixels`);
  if (width * height > maxPixels) throw new Error(`${width}x${height} pixels are too many`);
  // 3 is "bit fields": with 32 bits they are nearly always those of plain BGRA.
  const isPlain = compression === 0 || (compression === 3 && bits === 32);
  if (!isPlain || ![1, 4, 8, 24, 32].includes(bits)) {
    throw new Error(`${bits} bits per pixel with compression ${compression} are not supported`);
  }
  const start = view.getUint32(10, true);
  return {
    width,
    height,
    isTopDown: tall < 0,
    bits,
    palette: 14 + size,
    start,
    colourBytes: isOld ? 3 : 4,
  };
}

type ColourPlace = (line: number, x: number) => number;

const colourReader =
  (_view: DataView, bits: number): ColourPlace =>
  (line, x) =>
    line + (x * bits) / 8;

function paletteReader(view: DataView, { bits, palette, start, colourBytes }: Header): ColourPlace {
  const colours = Math.floor((start - palette) / colourBytes);
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  return (line, x) => {
    const byte = view.getUint8(line + Math.floor(x / perByte));
    const index = (byte >> (8 - bits - bits * (x % perByte))) & mask;
    if (index >= colours) throw new Error(`colour ${index} of a palette of ${colours}`);
    return palette + index * colourBytes;
  };
}
