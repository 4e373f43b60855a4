import type { ModelDefinition } from '../../model/definition';
import { DTYPE } from '../attribute';
import { type WeightTensor, weightsByName } from '../weights';
import { describeShape } from './graph';
import { buildInferenceGraph, IMAGES, imagesShape } from './inference-graph';
import { encodeSavedModel } from './messages';

/** Tag under which TensorFlow finds the graph in the file. */
export const SERVE = 'serve';
/** Version of TensorFlow's graphs, that of release 2.9: later ones read it. */
const PRODUCER = 1087;

/**
 * The bytes of the `saved_model.pb` of a network: its inference graph with the weights as constants, and the signature
 * `serving_default` from images to probabilities. See {@link buildInferenceGraph}.
 * @param dtype of the feature maps; float32 unless given
 */
export function encodeInference(
  definition: ModelDefinition,
  weights: readonly WeightTensor[],
  dtype?: number,
): Uint8Array {
  const { nodes } = buildInferenceGraph(definition, weightsByName(weights), dtype);
  const tensor = (name: string, shape: readonly number[]) => ({
    name: `${name}:0`,
    dtype: DTYPE.float32,
    tensor_shape: describeShape(shape),
  });
  const serving_default = {
    inputs: { images: tensor(IMAGES, imagesShape(definition)) },
    outputs: { probabilities: tensor('probabilities', [-1, definition.classes]) },
    method_name: 'tensorflow/serving/predict',
  };
  const graph = {
    meta_info_def: { tags: [SERVE] },
    graph_def: { node: nodes, versions: { producer: PRODUCER } },
    signature_def: { serving_default },
  };
  return encodeSavedModel({ saved_model_schema_version: 1, meta_graphs: [graph] });
}
