import type { ModelDefinition } from '../../model/definition';
import { DTYPE } from '../attribute';
import { type WeightTensor, weightsByName } from '../weights';
import { describeShape, type Graph } from './graph';
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
  const graph = buildInferenceGraph(definition, weightsByName(weights), dtype);
  return encodeGraph(graph, {
    inputs: { images: { name: IMAGES, shape: imagesShape(definition) } },
    outputs: { probabilities: { name: 'probabilities', shape: [-1, definition.classes] } },
  });
}

/** A float32 value of a graph: the node whose single output it is, and its shape, with -1 for any length. */
interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What the signature `serving_default` takes and gives, by the names that callers use. */
interface Signature {
  readonly inputs: Readonly<Record<string, Value>>;
  readonly outputs: Readonly<Record<string, Value>>;
}

/** The bytes of the `saved_model.pb` of a graph. */
export function encodeGraph({ nodes }: Graph, { inputs, outputs }: Signature): Uint8Array {
  const serving_default = {
    inputs: tensorsOf(inputs),
    outputs: tensorsOf(outputs),
    method_name: 'tensorflow/serving/predict',
  };
  const graph = {
    meta_info_def: { tags: [SERVE] },
    graph_def: { node: nodes, versions: { producer: PRODUCER } },
    signature_def: { serving_default },
  };
  return encodeSavedModel({ saved_model_schema_version: 1, meta_graphs: [graph] });
}

function tensorsOf(values: Signature['inputs']): object {
  return Object.fromEntries(
    Object.entries(values).map(([key, { name, shape }]) => [
      key,
      { name: `${name}:0`, dtype: DTYPE.float32, tensor_shape: describeShape(shape) },
    ]),
  );
}
