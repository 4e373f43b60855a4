import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { unparse } from 'papaparse';
import { explainWriteFailure } from '../../write-whole';
import { isRecognized, type PredictOutcome, type Sink } from './outcome';

type Cell = string | number | null;

/**
 * Writes a row for each face, and one with empty cells for a picture without; beside the path, until all are there.
 * Columns: image, seconds (of a video), detector, face (from 1), x, y, width, height, score, emotion and the classes.
 */
export class CsvSink implements Sink {
  readonly #beside: string;
  readonly #file: number;

  constructor(
    readonly path: string,
    readonly classes: readonly string[],
  ) {
    this.#beside = `${path}.${process.pid}`;
    this.#file = this.#explained(() => openSync(this.#beside, 'w'));
    const places = ['x', 'y', 'width', 'height', 'score'];
    this.#write([['image', 'seconds', 'detector', 'face', ...places, 'emotion', ...classes]]);
  }

  take(outcome: PredictOutcome): void {
    if (!isRecognized(outcome)) return;
    const { image, seconds = null, detector, faces } = outcome;
    const start = [image, seconds, detector];
    const empty: Cell[] = new Array(7 + this.classes.length).fill(null);
    const rows = faces.map(({ found, emotion, probabilities }, i) => {
      const place = found ? [...Object.values(found.box), found.score] : new Array(5).fill(null);
      return [...start, i + 1, ...place, emotion, ...this.classes.map((name) => probabilities[name]!)];
    });
    this.#write(rows.length > 0 ? rows : [[...start, ...empty]]);
  }

  end(): void {
    closeSync(this.#file);
    this.#explained(() => renameSync(this.#beside, this.path));
  }

  discard(): void {
    closeSync(this.#file);
    rmSync(this.#beside, { force: true });
  }

  #write(rows: readonly (readonly Cell[])[]): void {
    const bytes = Buffer.from(`${unparse(rows as Cell[][], { newline: '\r\n' })}\r\n`);
    this.#explained(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    });
  }

  #explained<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explainWriteFailure(this.path, error, 'start again');
    }
  }
}
