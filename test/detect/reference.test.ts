import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDetector } from '../../src/detect/detect-faces';
import { DETECTOR_NAMES, type DetectorName, type Face } from '../../src/detect/face';
import { decodePicture } from '../../src/preprocess/decode-picture';
import { findFaces } from './annotated';

interface Reference {
  readonly box: readonly number[];
  readonly score: number;
  readonly landmarks?: readonly (readonly number[])[];
}

const references = JSON.parse(readFileSync(join(__dirname, 'fixtures/reference.json'), 'utf8')) as Record<
  DetectorName,
  Record<string, readonly Reference[]>
>;
const { folder, skip } = findFaces();

/** Pixels by which a place may differ. */
const NEAR = 1;
/** What a score may differ by: MTCNN's is a probability, Viola and Jones's a count. */
const SCORES: Readonly<Record<DetectorName, number>> = { mtcnn: 1e-3, 'viola-jones': 0 };

function numbersOf({ box, landmarks }: Face): number[] {
  const points = landmarks ? Object.values(landmarks).flatMap(({ x, y }) => [x, y]) : [];
  return [box.x, box.y, box.width, box.height, ...points];
}

for (const name of DETECTOR_NAMES) {
  test(`${name} finds what its reference implementation finds`, { skip }, async () => {
    const detector = await openDetector(name);
    for (const [file, expected] of Object.entries(references[name])) {
      const picture = await decodePicture(join(folder, 'images', file), file);
      assert.equal(picture.channels, 3, file);
      const found = await detector.detect(picture);
      assert.equal(found.length, expected.length, file);
      for (const { box, score, landmarks } of expected) {
        const numbers = [...box, ...(landmarks?.flat() ?? [])];
        const same = found.filter((face) =>
          numbersOf(face).every((number, i) => Math.abs(number - numbers[i]!) <= NEAR),
        );
        assert.equal(same.length, 1, `${file}: ${numbers}`);
        assert.equal(numbersOf(same[0]!).length, numbers.length);
        assert.ok(
          Math.abs(same[0]!.score - score) <= SCORES[name],
          `${file}: score ${same[0]!.score}, ${score}`,
        );
      }
    }
    detector.dispose();
  });
}
