import { randomStream } from '../random';
import { drawFace } from './face';
import { randomFace } from './random-face';

/** A grey picture with drawn faces in it, for places where no photograph of a person may stand. */
export interface DrawnPhotograph {
  /** Grey levels 0 to 255, [height, width]. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1;
  readonly notes: readonly string[];
}

const [WIDTH, HEIGHT] = [640, 480];

/** Grey level of the wall behind the people, as a share of white. */
const WALL = 0.62;

/** Sides of the squares in which the faces are drawn, by how many there are. */
const sideOf = (count: number) => (count === 1 ? 260 : Math.min(240, Math.floor(600 / count)));

export interface DrawnPeople {
  readonly seed: number;
  /** Which emotion each shows, by its label. */
  readonly labels: readonly number[];
  /** Of the expressions: 1 as in a caricature, 0 all neutral; a half unless given, which detectors take for faces. */
  readonly strength?: number;
}

/**
 * Draws people side by side, as schematic as those of the built-in sample. The same seed gives the same bytes.
 */
export function drawPhotograph({ seed, labels, strength = 0.5 }: DrawnPeople): DrawnPhotograph {
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(Math.round(255 * WALL));
  const side = sideOf(labels.length);
  for (const [i, label] of labels.entries()) {
    const stream = randomStream(seed, 'drawn photograph', i);
    const [left, top] = [
      Math.round(((i + 0.5) * WIDTH) / labels.length - side / 2),
      Math.round((HEIGHT - side) * 0.4),
    ];
    const plain = { background: WALL, exposure: 1, lightX: 0, lightY: 0, noise: [] };
    const face = { ...randomFace(stream, label, strength), ...plain, skin: 0.8, scale: 1 };
    drawShoulders(pixels, { middle: left + side / 2, top: top + side * 0.88, width: side * 0.75 });
    const square = new Uint8Array(side * side);
    drawFace(face, square);
    paste(pixels, square, { left, top, side });
  }
  return { pixels, width: WIDTH, height: HEIGHT, channels: 1, notes: [] };
}

/** What is not wall covers what lies there. */
function paste(
  pixels: Uint8Array,
  square: Uint8Array,
  at: { left: number; top: number; side: number },
): void {
  const wall = Math.round(255 * WALL);
  for (let y = 0; y < at.side; y++)
    for (let x = 0; x < at.side; x++) {
      const level = square[y * at.side + x]!;
      if (Math.abs(level - wall) > 2) pixels[(at.top + y) * WIDTH + at.left + x] = level;
    }
}

function drawShoulders(
  pixels: Uint8Array,
  { middle, top, width }: { middle: number; top: number; width: number },
): void {
  for (let y = Math.round(top); y < HEIGHT; y++) {
    const drop = (y - top) / (HEIGHT - top);
    const half = width * (0.25 + 0.5 * Math.sqrt(drop));
    for (let x = Math.max(0, Math.round(middle - half)); x < Math.min(WIDTH, middle + half); x++)
      pixels[y * WIDTH + x] = 70;
  }
}
