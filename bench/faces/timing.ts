// How long a picture takes:  node --import tsx bench/faces/timing.ts PICTURE FOLDER [MODEL]
// Finds the faces of the picture at 0.3, 1 and 12 megapixels with each detector, and classifies one face of 48x48 with the
// model. Prints Markdown: milliseconds on the clock, p50 and p95, and the median of the processor's (all threads), which
// other work on the machine changes less. Writes the three sizes of the picture to FOLDER, for reference.py.
import { cpus } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { quantileSorted } from 'simple-statistics';
import { detectFaces, openDetector } from '../../src/detect/detect-faces';
import { DETECTOR_NAMES } from '../../src/detect/face';
import { openCalibrated } from '../../src/predict/calibrated';
import { decodePicture } from '../../src/preprocess/decode-picture';
import { openRun } from '../../src/run/open-run';
import { modelFolder } from '../../src/run/published-models';

const MEGAPIXELS = [0.3, 1, 12];
/** Calls that are not counted: the first ones build what later ones use. */
const WARM_UP = 3;
const REPEATS = { detect: 41, classify: 401 };

interface Times {
  readonly p50: number;
  readonly p95: number;
  /** Median of the processor time of all threads. */
  readonly processor: number;
}

async function main([
  picture,
  folder,
  model = 'strong-cnn-wide-distilled-seed4',
]: readonly string[]): Promise<void> {
  print(`${cpus().length} cores of ${cpus()[0]!.model}\n`);
  print('| | p50, ms | p95, ms | processor, ms |\n|---|---:|---:|---:|');
  for (const name of DETECTOR_NAMES) {
    const detector = await openDetector(name);
    for (const megapixels of MEGAPIXELS) {
      const path = join(folder!, `${megapixels}.png`);
      await resize(picture!, megapixels, path);
      const decoded = await decodePicture(path, path);
      const times = await measure(REPEATS.detect, () => detectFaces(decoded, detector));
      row(`${name}, ${megapixels} megapixels`, times);
    }
    detector.dispose();
  }
  await classify(model);
}

async function classify(model: string): Promise<void> {
  const classifier = openCalibrated(openRun(modelFolder(model)));
  const { side } = classifier;
  const face = Uint8Array.from({ length: side * side }, (_, i) => (i * 7919) % 256);
  row(`${model}, one face`, await measure(REPEATS.classify, () => classifier.predict(face, 1, 'quick')));
  classifier.dispose();
}

async function measure(repeats: number, work: () => unknown): Promise<Times> {
  for (let i = 0; i < WARM_UP; i++) await work();
  const clock: number[] = [];
  const processor: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const [started, used] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(used);
    clock.push(performance.now() - started);
    processor.push((user + system) / 1000);
  }
  const sorted = clock.sort((a, b) => a - b);
  return {
    p50: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
    processor: quantileSorted(
      processor.sort((a, b) => a - b),
      0.5,
    ),
  };
}

const print = (line: string) => process.stdout.write(`${line}\n`);

function row(name: string, times: Times): void {
  const cells = [times.p50, times.p95, times.processor].map((value) => value.toFixed(value < 20 ? 1 : 0));
  print(`| ${name} | ${cells.join(' | ')} |`);
}

async function resize(picture: string, megapixels: number, path: string): Promise<void> {
  const { width, height } = await sharp(picture).metadata();
  const factor = Math.sqrt((megapixels * 1e6) / (width * height));
  await sharp(picture)
    .resize(Math.round(width * factor))
    .png({ compressionLevel: 1 })
    .toFile(path);
}

void main(process.argv.slice(2));
