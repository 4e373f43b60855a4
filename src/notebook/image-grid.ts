import sharp from 'sharp';
import { escapeMarkup } from '../markup';
import { FONT_FAMILY, provideFont } from '../report/static/fonts';
import type { Bundle } from './display';

/** Grey images in rows and columns, as a value that `show` draws. */
export interface ImageGrid {
  readonly title: string;
  /** Grey levels 0 to 255, shape [count, side, side]; filled row by row. */
  readonly images: Uint8Array;
  /** Of an image, in pixels. */
  readonly side: number;
  readonly columns: number;
  /** One for each row, left of it. */
  readonly rowLabels?: readonly string[];
  /** One for each image, below it. */
  readonly captions?: readonly string[];
  /** Whether real people can be seen: only pictures that say no are stored with a committed notebook. */
  readonly people: boolean;
}

/** Side of an image on the page. */
const CELL = 72;
const GAP = 6;
const TITLE_HEIGHT = 26;
const CAPTION_HEIGHT = 15;
const LABEL_WIDTH = 76;
/** The width of a title's letters, on the safe side: a few images are narrower than what is written over them. */
const LETTER_WIDTH = 8;

interface Frame {
  readonly left: number;
  readonly step: number;
  readonly width: number;
  readonly height: number;
  readonly rows: number;
}

const countOf = ({ images, side }: ImageGrid) => images.length / (side * side);

function frameOf(grid: ImageGrid): Frame {
  const rows = Math.ceil(countOf(grid) / grid.columns);
  const left = grid.rowLabels ? LABEL_WIDTH : 0;
  const step = CELL + GAP + (grid.captions ? CAPTION_HEIGHT : 0);
  const width = left + grid.columns * (CELL + GAP);
  const lettered = Math.max(width, 360, LETTER_WIDTH * grid.title.length);
  return { left, step, rows, width: lettered, height: TITLE_HEIGHT + rows * step };
}

/** Title, row labels and captions, to be laid over the images. */
function lettering(grid: ImageGrid, frame: Frame): string {
  const text = (x: number, y: number, words: string, style = '') =>
    `<text x="${x}" y="${y}" ${style}>${escapeMarkup(words)}</text>`;
  const labels = (grid.rowLabels ?? []).map((label, row) =>
    text(0, TITLE_HEIGHT + row * frame.step + CELL / 2 + 4, label),
  );
  const captions = (grid.captions ?? []).map((caption, i) => {
    const x = frame.left + (i % grid.columns) * (CELL + GAP) + CELL / 2;
    const y = TITLE_HEIGHT + Math.floor(i / grid.columns) * frame.step + CELL + 12;
    return text(x, y, caption, 'text-anchor="middle" font-size="11"');
  });
  const title = text(0, 17, grid.title, 'font-size="14" font-weight="bold"');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}" font-family="${FONT_FAMILY}" font-size="12" fill="#222">${title}${labels.join('')}${captions.join('')}</svg>`;
}

/** The grid as a JPEG of grey levels, on white: noisy photographs take a fifth of the room that PNG needs. */
export async function drawImageGrid(grid: ImageGrid): Promise<Buffer> {
  provideFont();
  const frame = frameOf(grid);
  const { side } = grid;
  const raw = { width: side, height: side, channels: 1 } as const;
  const tile = async (i: number) => ({
    input: await sharp(grid.images.subarray(i * side * side, (i + 1) * side * side), { raw })
      .resize(CELL, CELL, { kernel: 'cubic' })
      .png()
      .toBuffer(),
    left: frame.left + (i % grid.columns) * (CELL + GAP),
    top: TITLE_HEIGHT + Math.floor(i / grid.columns) * frame.step,
  });
  const tiles = await Promise.all(Array.from({ length: countOf(grid) }, (_, i) => tile(i)));
  const { width, height } = frame;
  return sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite([...tiles, { input: Buffer.from(lettering(grid, frame)), left: 0, top: 0 }])
    .grayscale()
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer();
}

export async function imageGridBundle(grid: ImageGrid): Promise<Bundle> {
  const jpeg = (await drawImageGrid(grid)).toString('base64');
  const words = [...(grid.rowLabels ?? []), ...(grid.captions ?? [])].join(', ');
  const text = `${grid.title}: ${countOf(grid)} images${words ? ` (${words})` : ''}`;
  // Lab gives a picture no alternative text, so it gets HTML that has one.
  const html = `<img src="data:image/jpeg;base64,${jpeg}" alt="${escapeMarkup(text)}">`;
  return {
    data: { 'text/html': html, 'image/jpeg': jpeg, 'text/plain': text },
    // The alternative text that nbconvert gives the picture.
    metadata: { 'image/jpeg': { alt: text }, ferlab: { people: grid.people } },
  };
}
