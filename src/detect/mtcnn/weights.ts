import { parse } from 'protobufjs';
import { FerlabError } from '../../errors';
import { once } from '../../once';

/** A weight of an ONNX model. */
export interface OnnxWeight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The part of onnx.proto3 that holds weights, with its field numbers. */
const MESSAGES = `
  syntax = "proto3";
  package onnx;
  message TensorProto {
    repeated int64 dims = 1; int32 data_type = 2; repeated float float_data = 4; string name = 8; bytes raw_data = 9;
  }
  message NodeProto { repeated string input = 1; string op_type = 4; }
  message GraphProto { repeated NodeProto node = 1; repeated TensorProto initializer = 5; }
  message ModelProto { GraphProto graph = 7; }
`;

const modelType = once(() => parse(MESSAGES, { keepCase: true }).root.lookupType('onnx.ModelProto'));

interface Model {
  readonly graph: {
    readonly node: readonly { readonly op_type: string; readonly input: readonly string[] }[];
    readonly initializer: readonly {
      readonly name: string;
      readonly dims: readonly unknown[];
      readonly float_data: readonly number[];
      readonly raw_data: Uint8Array;
    }[];
  };
}

/** Operations whose weights are asked for; `dense` is a product with a matrix. */
const OPERATIONS = { convolution: 'Conv', slopes: 'PRelu', dense: 'MatMul', bias: 'Add' } as const;

export type WeightKind = keyof typeof OPERATIONS;

/** The weights of a model by the kind of their operation, in the order of the model. */
export type OnnxWeights = Readonly<Record<WeightKind, readonly (readonly OnnxWeight[])[]>>;

/**
 * Reads the float32 weights of an ONNX model.
 * @throws FerlabError when the bytes are no such model
 */
export function readOnnxWeights(bytes: Uint8Array, name: string): OnnxWeights {
  const { graph } = decode(bytes, name);
  const byName = new Map(graph.initializer.map((tensor) => [tensor.name, weightOf(tensor)]));
  const ofKind = (operation: string) =>
    graph.node
      .filter(({ op_type }) => op_type === operation)
      .map(({ input }) => input.flatMap((weight) => byName.get(weight) ?? []));
  return {
    convolution: ofKind(OPERATIONS.convolution),
    slopes: ofKind(OPERATIONS.slopes),
    dense: ofKind(OPERATIONS.dense),
    bias: ofKind(OPERATIONS.bias),
  };
}

function decode(bytes: Uint8Array, name: string): Model {
  try {
    const type = modelType();
    return type.toObject(type.decode(bytes), { defaults: true, longs: Number }) as Model;
  } catch (error) {
    throw new FerlabError(`${name} is not an ONNX model: ${(error as Error).message}`, {
      remedy: 'delete it and run `npm run setup`, which restores it',
      cause: error,
    });
  }
}

function weightOf({ dims, float_data, raw_data }: Model['graph']['initializer'][number]): OnnxWeight {
  const values = raw_data.length > 0 ? floatsOf(raw_data) : Float32Array.from(float_data);
  return { shape: dims.map(Number), values };
}

/** The bytes may start anywhere in memory, where no Float32Array can. */
const floatsOf = (bytes: Uint8Array) => new Float32Array(Uint8Array.from(bytes).buffer);
