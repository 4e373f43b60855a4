import type * as tf from '@tensorflow/tfjs-node';
import type { DefinitionOf, LayerDefinition, LayerName } from '../../model/definition';
import type { WeightTensor } from '../weights';
import type { Layer, LayerContext } from './layer';

/** Lengths of the axes without the batch axis. */
export type Shape = readonly number[];

/** One layer of a described network, without its batch axis. */
export interface LayerRow {
  /** Its name, with which those of its weights begin, such as `convolution-2`. */
  readonly layer: string;
  readonly outputShape: Shape;
  /** Weights that training changes. */
  readonly parameters: number;
  /** Multiplications with an addition, for one image; those of norms, ReLUs and poolings are not counted. */
  readonly multiplyAdds: number;
  /** Channels that oneDNN computes in blocks of 16, in convolutions. */
  readonly filters?: number;
}

/** What a layer does to a shape, and what it costs. */
export interface Effect {
  readonly outputShape: Shape;
  /** 0 unless given. */
  readonly parameters?: number;
  /** 0 unless given. */
  readonly multiplyAdds?: number;
  /** See {@link LayerRow}. */
  readonly filters?: number;
  /** Rows of the layers inside, in order. */
  readonly inner?: readonly LayerRow[];
}

/** A value on its way through a network that is described in another form. */
export interface Flow<Value> {
  readonly value: Value;
  readonly shape: Shape;
}

/** Where a layer stands while a network is written in another form. */
interface Place<Value> {
  readonly name: string;
  readonly input: Value;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Carries a value through the layers inside a layer. @param prefix of their names, which ends in `/` */
  applyInner(layers: readonly LayerDefinition[], input: Flow<Value>, prefix: string): Flow<Value>;
}

export interface Weights {
  /** The weight `${name}/${part}`. */
  weight(part: string): WeightTensor;
}

/** Attributes of a node: texts, whole numbers and lists of them. */
export type NodeAttributes = Readonly<Record<string, string | number | readonly number[]>>;

/** gain * x + offset, both [channels] */
export interface Affine {
  readonly gain: Float32Array;
  readonly offset: Float32Array;
}

/** The inference graph of TensorFlow at one layer. Values are names of nodes; the last node has the layer's name. */
export interface GraphPlace extends Place<string>, Weights {
  /** What the next layer does to the output, if this layer is to do it too; see {@link LayerKind.affine}. */
  readonly affine: Affine | null;
  /** Adds an operation on feature maps. @returns its name */
  add(operation: string, name: string, inputs: readonly string[], attributes?: NodeAttributes): string;
  /** Adds numbers in the element type of the feature maps. @returns their name */
  constant(name: string, shape: Shape, values: Float32Array): string;
  /** Adds numbers in float32, whatever the feature maps are. @returns their name */
  floats(name: string, shape: Shape, values: Float32Array): string;
  /** Adds whole numbers: a list, or a single one of shape []. @returns their name */
  integers(name: string, values: readonly number[], shape?: Shape): string;
  /** Element type of the feature maps, by TensorFlow's code. */
  readonly dtype: number;
  /** Converts to another element type. @returns the value's name, which is `input` where the types are equal */
  cast(input: string, name: string, types: { readonly from: number; readonly to: number }): string;
}

/** An ONNX graph at one layer. Feature maps are [batch, channels, height, width] there; the last node has the layer's name. */
export interface OnnxPlace extends Place<string>, Weights {
  add(operation: string, name: string, inputs: readonly string[], attributes?: NodeAttributes): string;
  constant(tensor: WeightTensor): string;
  /** Adds whole numbers: a list, or a single one of shape []. @returns their name */
  integers(name: string, values: readonly number[], shape?: Shape): string;
}

/** A model of `tf.layers` at one layer. */
export interface LayersPlace extends Place<tf.SymbolicTensor> {
  readonly layers: typeof tf.layers;
  /** Applies a layer. @param weights names of its weights after `${name}/`, in the order of tfjs */
  apply(
    layer: tf.layers.Layer,
    inputs: tf.SymbolicTensor | tf.SymbolicTensor[],
    weights?: readonly string[],
  ): tf.SymbolicTensor;
  /** The layer's name in tfjs, where `/` is written as `.`; with a part of it behind. */
  label(part?: string): string;
}

/** What the order of layers can make of a layer before it is built. */
export interface Arranged {
  /** Puts negative outputs to zero. */
  readonly relu?: boolean;
}

/**
 * Everything that is known of one kind of layer: its settings and their defaults, what it does to shapes and what it
 * costs, how it trains, predicts and is exported.
 */
export interface LayerKind<Name extends LayerName = LayerName, Options = unknown> {
  readonly name: Name;
  /** Whether weights behind it depend on the size of the images, as after flattening. */
  readonly fixesSize?: boolean;
  /** Whether it can do the ReLU behind it: its options then have `relu: true`. */
  readonly absorbsRelu?: boolean;
  /** Whether it gives the same before a ReLU as behind it, in less time. */
  readonly commutesWithRelu?: boolean;
  /** Whether {@link infer} heeds {@link GraphPlace.affine}. */
  readonly absorbsAffine?: boolean;
  /** The options of a definition, with those that it leaves out. */
  resolve(definition: DefinitionOf<Name> & Arranged): Options;
  /** Layers inside the layer. */
  inner?(options: Options): readonly LayerDefinition[];
  /** @param describeInner rows of layers inside, from the shape that they take; their prefix ends in `/` */
  describe(
    options: Options,
    inputShape: Shape,
    describeInner: (layers: readonly LayerDefinition[], input: Shape, prefix: string) => readonly LayerRow[],
  ): Effect;
  /** The layer in training. @throws FerlabError when its input does not fit */
  build(options: Options, context: LayerContext): Layer;
  /** The layer in predictions as gain * x + offset, where it is nothing more. */
  affine?(options: Options, place: Weights): Affine;
  infer(options: Options, place: GraphPlace): string;
  onnx(options: Options, place: OnnxPlace): string;
  layersModel(options: Options, place: LayersPlace): tf.SymbolicTensor;
}
