import sharp from 'sharp';
import { IMAGE_PIXELS, IMAGE_SIZE } from '../dataset/dataset';
import { FONT_FAMILY, provideFont } from '../report/static/fonts';
import type { Bundle } from './display';

/** Grey images in rows and columns, as a value that `show` draws. */
export interface ImageGrid {
  readonly title: string;
  /** Grey levels 0 to 255, shape [count, 48, 48]; filled row by row. */
  readonly images: Uint8Array;
  readonly columns: number;
  /** One for each row, left of it. */
  readonly rowLabels?: readonly string[];
  /** One for each image, below it. */
  readonly captions?: readonly string[];
  /** True if real people can be seen: such pictures are never stored with a committed notebook. */
  readonly people: boolean;
}

const SCALE = 1.5;
const GAP = 6;
const TITLE_HEIGHT = 26;
const CAPTION_HEIGHT = 15;
const LABEL_WIDTH = 76;
const CELL = IMAGE_SIZE * SCALE;

interface Frame {
  readonly left: number;
  readonly step: number;
  readonly width: number;
  readonly height: number;
  readonly rows: number;
}

function frameOf(grid: ImageGrid): Frame {
  const rows = Math.ceil(grid.images.length / IMAGE_PIXELS / grid.columns);
  const left = grid.rowLabels ? LABEL_WIDTH : 0;
  const step = CELL + GAP + (grid.captions ? CAPTION_HEIGHT : 0);
  const width = left + grid.columns * (CELL + GAP);
  return { left, step, rows, width: Math.max(width, 360), height: TITLE_HEIGHT + rows * step };
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeXml = (text: string) => text.replace(/[&<>]/g, (character) => ESCAPES[character]!);

/** Title, row labels and captions, to be laid over the images. */
function lettering(grid: ImageGrid, frame: Frame): string {
  const text = (x: number, y: number, words: string, style = '') =>
    `<text x="${x}" y="${y}" ${style}>${escapeXml(words)}</text>`;
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
  const count = grid.images.length / IMAGE_PIXELS;
  const raw = { width: IMAGE_SIZE, height: IMAGE_SIZE, channels: 1 } as const;
  const tile = async (i: number) => ({
    input: await sharp(grid.images.subarray(i * IMAGE_PIXELS, (i + 1) * IMAGE_PIXELS), { raw })
      .resize(CELL, CELL, { kernel: 'cubic' })
      .png()
      .toBuffer(),
    left: frame.left + (i % grid.columns) * (CELL + GAP),
    top: TITLE_HEIGHT + Math.floor(i / grid.columns) * frame.step,
  });
  const tiles = await Promise.all(Array.from({ length: count }, (_, i) => tile(i)));
  const { width, height } = frame;
  return sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .composite([...tiles, { input: Buffer.from(lettering(grid, frame)), left: 0, top: 0 }])
    .grayscale()
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer();
}

export async function imageGridBundle(grid: ImageGrid): Promise<Bundle> {
  const jpeg = await drawImageGrid(grid);
  const count = grid.images.length / IMAGE_PIXELS;
  const words = [...(grid.rowLabels ?? []), ...(grid.captions ?? [])].join(', ');
  const text = `${grid.title}: ${count} images${words ? ` (${words})` : ''}`;
  const metadata = grid.people ? { ferlab: { people: true } } : {};
  return { data: { 'image/jpeg': jpeg.toString('base64'), 'text/plain': text }, metadata };
}
