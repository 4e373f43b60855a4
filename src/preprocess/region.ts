import type { DecodedPicture } from './decode-picture';

/** A square of a picture, which may be tilted and reach over the edge. */
export interface Region {
  /** Centre and side, in pixels of the upright picture. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** Clockwise tilt of its upper edge, in radians. */
  readonly angle: number;
}

type Pixels = Pick<DecodedPicture, 'pixels' | 'width' | 'height' | 'channels'>;

/** Pixels of the side of a region that is cut out; a larger one is read at this size. */
const MOST_PIXELS = 2048;

/** The pixels of a region, levelled, each read from between its four neighbours; outside the edge is repeated. */
export function cutRegion(picture: Pixels, region: Region): Pixels {
  const side = Math.max(1, Math.min(MOST_PIXELS, Math.round(region.side)));
  const { channels } = picture;
  const pixels = new Uint8Array(side * side * channels);
  const step = region.side / side;
  const cos = Math.cos(region.angle) * step;
  const sin = Math.sin(region.angle) * step;
  let at = 0;
  for (let row = 0; row < side; row++) {
    const down = row + 0.5 - side / 2;
    for (let column = 0; column < side; column++, at += channels) {
      const across = column + 0.5 - side / 2;
      const x = region.x + across * cos - down * sin - 0.5;
      const y = region.y + across * sin + down * cos - 0.5;
      readBetween(picture, x, y, pixels, at);
    }
  }
  return { pixels, width: side, height: side, channels };
}

// Runs for each pixel: objects and closures would take longer than the arithmetic.
function readBetween(picture: Pixels, x: number, y: number, target: Uint8Array, at: number): void {
  const { pixels, width, height, channels } = picture;
  const insideX = Math.min(width - 1, Math.max(0, x));
  const insideY = Math.min(height - 1, Math.max(0, y));
  const left = Math.floor(insideX);
  const top = Math.floor(insideY);
  const toRight = left < width - 1 ? channels : 0;
  const toBelow = top < height - 1 ? width * channels : 0;
  const across = insideX - left;
  const down = insideY - top;
  const corner = (top * width + left) * channels;
  for (let i = corner; i < corner + channels; i++) {
    const above = pixels[i]! * (1 - across) + pixels[i + toRight]! * across;
    const below = pixels[i + toBelow]! * (1 - across) + pixels[i + toBelow + toRight]! * across;
    target[at + i - corner] = Math.round(above * (1 - down) + below * down);
  }
}
