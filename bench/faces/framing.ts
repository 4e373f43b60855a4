// How faces lie in FER-2013's training images, by each detector:  node --import tsx bench/faces/framing.ts [images]
// The regions of src/detect/face-region.ts come from it.
import sharp from 'sharp';
import { pixelsOf } from '../../src/dataset/image-source';
import { loadDataset } from '../../src/dataset/load';
import { openDetector } from '../../src/detect/detect-faces';
import { type Box, DETECTOR_NAMES, type RgbPicture } from '../../src/detect/face';
import { randomStream } from '../../src/random';

/** An image is enlarged, and its edge repeated around it, so that a face that fills it is found. */
const ENLARGED = 192;
const MARGIN = 64;

async function enlarge(image: Uint8Array, side: number): Promise<RgbPicture> {
  const { data, info } = await sharp(image, { raw: { width: side, height: side, channels: 1 } })
    .resize(ENLARGED, ENLARGED, { kernel: 'cubic' })
    .extend({ top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, extendWith: 'copy' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), width: info.width, height: info.height };
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Centre and sides of a box in shares of the image. */
function sharesOf({ x, y, width, height }: Box): readonly number[] {
  const share = (length: number) => (length - MARGIN) / ENLARGED;
  return [share(x + width / 2), share(y + height / 2), width / ENLARGED, height / ENLARGED];
}

async function main(count: number): Promise<void> {
  const dataset = await loadDataset();
  const random = randomStream(1, 'framing');
  const rows = Uint32Array.from({ length: count }, () => Math.floor(random.uniform() * 28_709));
  const pixels = pixelsOf(dataset, rows);
  const { side } = dataset.spec;
  for (const name of DETECTOR_NAMES) {
    const detector = await openDetector(name);
    const found: (readonly number[])[] = [];
    for (let i = 0; i < count; i++) {
      const image = pixels.bytes.subarray(pixels.offset(i), pixels.offset(i) + side * side);
      const [face] = await detector.detect(await enlarge(image, side));
      if (face) found.push(sharesOf(face.box));
    }
    const [x, y, width, height] = [0, 1, 2, 3].map((k) =>
      median(found.map((shares) => shares[k]!)).toFixed(3),
    );
    process.stdout.write(
      `${name}: ${found.length} of ${count}; median centre ${x}, ${y}; median box ${width} x ${height} of the image\n`,
    );
    detector.dispose();
  }
}

void main(Number(process.argv[2] ?? 300));
