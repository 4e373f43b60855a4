// Milliseconds of detection at 0.3, 1 and 12 megapixels:  node --import tsx bench/faces/timing.ts PICTURE FOLDER
// Writes the three sizes of the picture to FOLDER, for reference.py, and prints medians: on the clock, and of the
// processor (all threads), which other work on the machine changes less.
import { join } from 'node:path';
import sharp from 'sharp';
import { detectFaces, openDetector } from '../../src/detect/detect-faces';
import { DETECTOR_NAMES } from '../../src/detect/face';
import { decodePicture } from '../../src/preprocess/decode-picture';

const MEGAPIXELS = [0.3, 1, 12];
const REPEATS = 11;

async function main([picture, folder]: readonly string[]): Promise<void> {
  for (const name of DETECTOR_NAMES) {
    const detector = await openDetector(name);
    for (const megapixels of MEGAPIXELS) {
      const path = join(folder!, `${megapixels}.png`);
      await resize(picture!, megapixels, path);
      const decoded = await decodePicture(path, path);
      const clock: number[] = [];
      const processor: number[] = [];
      for (let i = 0; i < REPEATS; i++) {
        const [started, used] = [performance.now(), process.cpuUsage()];
        await detectFaces(decoded, detector);
        const { user, system } = process.cpuUsage(used);
        clock.push(performance.now() - started);
        processor.push((user + system) / 1000);
      }
      process.stdout.write(
        `${name} ${megapixels} MP: ${middle(clock)} ms on the clock, ${middle(processor)} ms of the processor\n`,
      );
    }
    detector.dispose();
  }
}

async function resize(picture: string, megapixels: number, path: string): Promise<void> {
  const { width, height } = await sharp(picture).metadata();
  const factor = Math.sqrt((megapixels * 1e6) / (width * height));
  await sharp(picture)
    .resize(Math.round(width * factor))
    .png({ compressionLevel: 1 })
    .toFile(path);
}

const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!.toFixed(0);

void main(process.argv.slice(2));
