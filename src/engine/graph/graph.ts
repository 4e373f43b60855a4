import { DTYPE } from '../attribute';
import type { NodeAttributes } from '../layers/kind';

/** Attributes whose numbers are codes of element types. */
const TYPES = new Set(['T', 'Tidx', 'Tshape', 'Index', 'SrcT', 'DstT']);

/** Collects the nodes of a TensorFlow graph. A value is known by the name of the node whose single output it is. */
export class Graph {
  readonly nodes: object[] = [];

  /** Adds an operation; attributes that are left out have TensorFlow's defaults. @returns its name */
  add(op: string, name: string, input: readonly string[], attributes: NodeAttributes = {}): string {
    const attr = Object.fromEntries(
      Object.entries(attributes).map(([key, value]) => [key, describeAttribute(key, value)]),
    );
    this.nodes.push({ op, name, input, attr });
    return name;
  }

  /** Adds the float32 tensor that is fed; -1 stands for any length. @returns its name */
  input(name: string, shape: readonly number[]): string {
    const attr = { dtype: { type: DTYPE.float32 }, shape: { shape: describeShape(shape) } };
    this.nodes.push({ op: 'Placeholder', name, attr });
    return name;
  }

  /** Adds a constant. @returns its name */
  constant(name: string, shape: readonly number[], values: Float32Array | Int32Array): string {
    const dtype = values instanceof Float32Array ? DTYPE.float32 : DTYPE.int32;
    const tensor_content = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const value = { tensor: { dtype, tensor_shape: describeShape(shape), tensor_content } };
    this.nodes.push({ op: 'Const', name, attr: { dtype: { type: dtype }, value } });
    return name;
  }
}

/** A `TensorShapeProto`. */
export function describeShape(shape: readonly number[]): object {
  return { dim: shape.map((size) => ({ size })) };
}

function describeAttribute(key: string, value: NodeAttributes[string]): object {
  if (typeof value === 'string') return { s: Buffer.from(value) };
  if (typeof value !== 'number') return { list: { i: [...value] } };
  return TYPES.has(key) ? { type: value } : { i: value };
}
