import { join } from 'node:path';
import { compareModels, correctForMany } from '../evaluate/paired';
import type { Comparison } from '../report/tables/comparisons';
import { loadRunPredictions, openRun } from '../run/open-run';
import type { Predictions } from '../run/predictions';
import { modelsFolder } from '../run/published-models';

/**
 * Compares published models with one of them, on the test images that all of them predicted.
 * @param names of the others, @param reference the one that they are compared with
 * @throws FerlabError when a model predicted other images
 */
export function comparePublished(
  names: readonly string[],
  reference: string,
  folder = modelsFolder(),
): Comparison[] {
  const predictionsOf = (name: string): Predictions =>
    loadRunPredictions(openRun(join(folder, name)), 'test');
  const first = predictionsOf(reference);
  const differences = correctForMany(names.map((name) => compareModels(first, predictionsOf(name))));
  return names.map((name, i) => ({ name, reference, difference: differences[i]! }));
}
