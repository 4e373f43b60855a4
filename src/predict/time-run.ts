import type { Images } from '../dataset/dataset';
import { describeEnvironment } from '../run/environment';
import type { Run } from '../run/run';
import type { Timing } from '../run/timing';
import { openPredictor } from './predictor';

/** Images of a round: four batches of a network. */
export const IMAGES_OF_ROUND = 256;
/** Of several rounds the fastest tells most about the classifier, and least about what else the machine did. */
const ROUNDS = 7;

/**
 * Measures how long a finished run takes for an image, from grey levels to probabilities, in the views that it was trained
 * for. Reading the weights does not count.
 * @param rows images to predict; {@link IMAGES_OF_ROUND} unless there are fewer
 * @throws FerlabError when weights are missing
 */
export function timeRun(run: Run, images: Images, rows: Uint32Array): Timing {
  const some = rows.subarray(0, IMAGES_OF_ROUND);
  const predictor = openPredictor(run);
  try {
    predictor.predict(images, some);
    const rounds = Array.from({ length: ROUNDS }, () => timed(() => predictor.predict(images, some)));
    const fastest = rounds.reduce((best, round) => (round.wall < best.wall ? round : best));
    return {
      millisecondsPerImage: round(fastest.wall / some.length),
      processorMillisecondsPerImage: round(fastest.processor / some.length),
      images: some.length,
      rounds: ROUNDS,
      weightsSha256: run.record.weightsSha256,
      at: new Date().toISOString(),
      environment: describeEnvironment(),
    };
  } finally {
    predictor.dispose();
  }
}

/** Milliseconds that passed, and that the cores worked. */
function timed(work: () => void): { readonly wall: number; readonly processor: number } {
  const [start, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, processor: (user + system) / 1000 };
}

const round = (milliseconds: number) => Number(milliseconds.toPrecision(4));
