// A thread that decodes plain pictures; see `picture-threads.ts`.
import { parentPort } from 'node:worker_threads';
import { decodeSource, type PictureSource } from './picture-source';

/** What the thread is asked for. */
export interface PictureJob {
  readonly sources: readonly (PictureSource | null)[];
  readonly side: number;
}

/** Levels [count, side, side], and which of the pictures they hold. */
export interface PlainPictures {
  readonly images: Uint8Array<ArrayBuffer>;
  readonly arePlain: readonly boolean[];
}

parentPort?.on('message', ({ sources, side }: PictureJob) => {
  const images = new Uint8Array(sources.length * side * side);
  const arePlain = sources.map((source, i) => {
    const image = decodeSource(source, side);
    if (image) images.set(image, i * side * side);
    return image !== null;
  });
  const answer: PlainPictures = { images, arePlain };
  parentPort!.postMessage(answer, [images.buffer]);
});
