import type { Images } from '../dataset/dataset';
import { loadRunPredictions } from '../run/open-run';
import type { Run } from '../run/run';
import { predictRun } from './predict-run';
import { applyTemperature, fitTemperature } from './temperature';

/**
 * Class probabilities [count, classes] of prepared images by a finished run, network or ensemble, in its own views, with
 * the temperature that fits its validation part.
 * @param count how many images there are
 * @throws FerlabError as {@link predictRun}, and when the predictions of the validation part are missing
 */
export function predictCalibrated(run: Run, images: Images, count: number): Float32Array {
  const raw = predictRun(
    run,
    images,
    Uint32Array.from({ length: count }, (_, row) => row),
  );
  const temperature = fitTemperature(loadRunPredictions(run, 'validation'));
  return applyTemperature(raw, temperature, run.record.dataset.classes.length);
}
