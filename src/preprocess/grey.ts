import { type Raster, resample } from './resample';

const BRIGHTEST = 255;

/**
 * Grey levels as libvips computes them for sharp: the relative luminance of Rec. 709, put back on the sRGB curve by a table of
 * 256 entries with straight lines between them. One pixel in 100,000 differs by a level. A grey picture keeps every level.
 */
export function toGrey({ pixels, width, height, channels }: Raster): Raster {
  if (channels === 1) return { pixels, width, height, channels };
  const grey = new Uint8Array(width * height);
  const { linear, curve } = tables();
  for (let i = 0, at = 0; i < grey.length; i++, at += channels) {
    const [red, green, blue] = [linear[pixels[at]!]!, linear[pixels[at + 1]!]!, linear[pixels[at + 2]!]!];
    const luminance = BRIGHTEST * (0.2126 * red + 0.7152 * green + 0.0722 * blue);
    const below = Math.min(BRIGHTEST - 1, Math.floor(luminance));
    grey[i] = Math.round(curve[below]! + (curve[below + 1]! - curve[below]!) * (luminance - below));
  }
  return { pixels: grey, width, height, channels: 1 };
}

interface Tables {
  /** Light of a level, as a share of white. */
  readonly linear: Float64Array;
  /** Level of a light in 255ths of white. */
  readonly curve: Uint8Array;
}

let made: Tables | undefined;

/** Made once: video asks for them with every face. */
function tables(): Tables {
  made ??= makeTables();
  return made;
}

/** The curve of IEC 61966-2-1. */
function makeTables(): Tables {
  const levels = Array.from({ length: BRIGHTEST + 1 }, (_, i) => i / BRIGHTEST);
  return {
    linear: Float64Array.from(levels, (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)),
    curve: Uint8Array.from(levels, (v) =>
      Math.round(BRIGHTEST * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)),
    ),
  };
}

/** A square region as networks take it, [side, side]: grey, then scaled, as `prepareRegion` does with sharp. */
export function toGreySquare(region: Raster, side: number): Uint8Array {
  return Uint8Array.from(resample(toGrey(region), { width: side, height: side }, 'lanczos3').pixels);
}
