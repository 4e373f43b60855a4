import { predictedClasses } from '../../run/predictions';
import type { PackedPredictions } from '../client/packed';
import type { SiteModel } from '../content';

/** Parts of a probability of 1 in packed predictions. */
const WHOLE = 100_000;

/** The predictions of a model for the site's scripts; the predicted class is that of the unrounded probabilities. */
export function packPredictions({ predictions, results }: SiteModel): PackedPredictions {
  const { rows, labels, probabilities, copies } = predictions;
  return {
    whole: WHOLE,
    temperature: results.tempered.temperature,
    rows: [...rows],
    labels: [...labels],
    predicted: [...predictedClasses(predictions)],
    copies: copies ? [...copies] : null,
    probabilities: Array.from(probabilities, (probability) => Math.round(WHOLE * probability)),
  };
}

/** A script that hands a value to the site's other scripts: a page from a file may not read other files. */
export function dataScript(table: string, name: string, value: unknown): string {
  return `((globalThis.ferlab ??= {}).${table} ??= {})[${JSON.stringify(name)}] = ${JSON.stringify(value)};\n`;
}
