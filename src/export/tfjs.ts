import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-node';
import { type WeightsByName, type WeightTensor, weightsByName } from '../engine/weights';
import type { ModelDefinition } from '../model/definition';
import { buildLayersModel } from './layers-model';
import { metadataOf } from './metadata';
import { writeExport } from './write';

/** What tfjs gives to a handler that saves a model. */
type Artifacts = Parameters<Parameters<typeof tf.io.withSaveHandler>[0]>[0];

/**
 * Writes `model.json` and `weights.bin`, which `tf.loadLayersModel` reads in Node and in browsers.
 * @param folder made if it is not there
 * @returns the paths of the files
 * @throws FerlabError when a weight is missing or a file can't be written
 */
export async function exportTfjs(
  definition: ModelDefinition,
  weights: readonly WeightTensor[],
  { folder, classes }: { folder: string; classes: readonly string[] },
): Promise<string[]> {
  const artifacts = await artifactsOf(definition, weightsByName(weights), classes);
  const { weightSpecs, weightData, ...rest } = artifacts;
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  const [model, values] = [join(folder, 'model.json'), join(folder, 'weights.bin')];
  writeExport(values, new Uint8Array(weightData as ArrayBuffer));
  writeExport(model, `${JSON.stringify({ ...rest, weightsManifest })}\n`);
  return [model, values];
}

async function artifactsOf(
  definition: ModelDefinition,
  weight: WeightsByName,
  classes: readonly string[],
): Promise<Artifacts> {
  const model = buildLayersModel(definition, weight);
  let kept: Artifacts | undefined;
  try {
    model.setUserDefinedMetadata({ ...metadataOf(classes) });
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        kept = artifacts;
        return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
      }),
    );
  } finally {
    model.dispose();
  }
  return kept!;
}
