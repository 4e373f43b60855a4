// Finds the faces of annotated pictures:  node --import tsx bench/faces/detect.ts FOLDER DETECTOR > found.json
import { join } from 'node:path';
import { detectFaces, openDetector } from '../../src/detect/detect-faces';
import type { DetectorName } from '../../src/detect/face';
import { decodePicture } from '../../src/preprocess/decode-picture';
import { loadAnnotated } from './annotations';
import type { Found } from './score';

async function main([folder, name]: readonly string[]): Promise<void> {
  const detector = await openDetector(name as DetectorName);
  const found: Found = {};
  for (const file of loadAnnotated(folder!).keys()) {
    const picture = await decodePicture(join(folder!, 'images', file), file);
    const started = performance.now();
    const faces = await detectFaces(picture, detector);
    const ms = performance.now() - started;
    found[file] = {
      faces: faces.map(({ box: { x, y, width, height }, score }) => ({ box: [x, y, width, height], score })),
      ms,
    };
  }
  process.stdout.write(JSON.stringify(found));
  detector.dispose();
}

void main(process.argv.slice(2));
