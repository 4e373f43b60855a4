import { join } from 'node:path';
import { encodeInference } from '../engine/graph/saved-model';
import type { WeightTensor } from '../engine/weights';
import type { ModelDefinition } from '../model/definition';
import { writeExport } from './write';

/**
 * Writes `saved_model.pb`, the graph that predictions here come from, with the weights in it: for TensorFlow in
 * Python, C++, Java or Go, and for TensorFlow Serving. Its signature `serving_default` takes `images` to `probabilities`.
 * @param folder made if it is not there
 * @returns the path of the file
 * @throws FerlabError when a weight is missing or the file can't be written
 */
export function exportSavedModel(
  definition: ModelDefinition,
  weights: readonly WeightTensor[],
  folder: string,
): string {
  const path = join(folder, 'saved_model.pb');
  writeExport(path, encodeInference(definition, weights));
  return path;
}
