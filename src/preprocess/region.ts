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
  const [cos, sin] = [Math.cos(region.angle) * step, Math.sin(region.angle) * step];
  for (let row = 0; row < side; row++) {
    const down = row + 0.5 - side / 2;
    for (let column = 0; column < side; column++) {
      const across = column + 0.5 - side / 2;
      const x = region.x + across * cos - down * sin - 0.5;
      const y = region.y + across * sin + down * cos - 0.5;
      readBetween(picture, { x, y }, pixels, (row * side + column) * channels);
    }
  }
  return { pixels, width: side, height: side, channels };
}

function readBetween(
  { pixels, width, height, channels }: Pixels,
  { x, y }: { x: number; y: number },
  target: Uint8Array,
  at: number,
): void {
  const [left, right, acrossShare] = neighbours(x, width);
  const [top, bottom, downShare] = neighbours(y, height);
  for (let c = 0; c < channels; c++) {
    const level = (row: number, column: number) => pixels[(row * width + column) * channels + c]!;
    const above = level(top, left) * (1 - acrossShare) + level(top, right) * acrossShare;
    const below = level(bottom, left) * (1 - acrossShare) + level(bottom, right) * acrossShare;
    target[at + c] = Math.round(above * (1 - downShare) + below * downShare);
  }
}

/** The two samples around a place along a side, and the share of the second. */
function neighbours(place: number, length: number): [first: number, second: number, share: number] {
  const inside = Math.min(length - 1, Math.max(0, place));
  const first = Math.floor(inside);
  return [first, Math.min(length - 1, first + 1), inside - first];
}
