import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { annotatePicture } from '../../report/annotate';
import { explainWriteFailure, writeWhole } from '../../write-whole';
import { isRecognized, type PredictOutcome, ranked, type Sink } from './outcome';

/** Writes a copy of each picture with its faces drawn in, as PNG; equal names get a number. */
export class PictureSink implements Sink {
  readonly #names = new Map<string, number>();

  constructor(readonly folder: string) {
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw explainWriteFailure(folder, error, 'start again');
    }
  }

  async take(outcome: PredictOutcome): Promise<void> {
    if (!isRecognized(outcome) || !outcome.pixels) return;
    const annotations = outcome.faces.map(({ found, probabilities }) => {
      const [emotion, probability] = ranked(probabilities)[0]!;
      return { box: found?.box ?? null, text: `${emotion} ${(100 * probability).toFixed(0)} %` };
    });
    const path = join(this.folder, this.#fileName(outcome));
    const bytes = await annotatePicture(outcome.pixels, annotations);
    try {
      writeWhole(path, bytes);
    } catch (error) {
      throw explainWriteFailure(path, error, 'start again');
    }
  }

  end(): void {}

  #fileName({ image, seconds }: { image: string; seconds?: number }): string {
    const plain = image === '-' ? 'standard-input' : basename(image);
    const name = seconds === undefined ? plain : `${plain}-${seconds.toFixed(3).padStart(9, '0')}`;
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    return count === 1 ? `${name}.png` : `${name}-${count}.png`;
  }
}
