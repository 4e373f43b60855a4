import type { NodeAttributes } from '../engine/layers/kind';
import type { WeightTensor } from '../engine/weights';
import { ATTRIBUTE, FLOAT, INT64 } from './onnx-messages';

/** Floating-point attributes; all other numbers of ours are whole. */
const FLOAT_ATTRIBUTES = new Set(['epsilon']);

/** Collects the nodes and constants of a graph. Values are known by their names. */
export class OnnxGraph {
  readonly node: object[] = [];
  readonly initializer: object[] = [];

  /**
   * Adds a node with one output.
   * @param name of the node and of its output
   * @returns the output's name
   */
  add(type: string, name: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    this.node.push({ op_type: type, name, input: inputs, output: [name], attribute });
    return name;
  }

  /** Adds a float32 constant. @returns its name */
  constant({ name, shape, values }: WeightTensor): string {
    const raw_data = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    this.initializer.push({ name, dims: [...shape], data_type: FLOAT, raw_data });
    return name;
  }

  /** Adds an int64 constant. @returns its name */
  integers(name: string, values: readonly number[], shape: readonly number[]): string {
    const raw_data = Buffer.from(BigInt64Array.from(values, BigInt).buffer);
    this.initializer.push({ name, dims: [...shape], data_type: INT64, raw_data });
    return name;
  }
}

function attributeOf(name: string, value: NodeAttributes[string]): object {
  if (typeof value === 'string') return { name, type: ATTRIBUTE.string, s: Buffer.from(value) };
  if (typeof value !== 'number') return { name, type: ATTRIBUTE.ints, ints: [...value] };
  if (FLOAT_ATTRIBUTES.has(name)) return { name, type: ATTRIBUTE.float, f: value };
  return { name, type: ATTRIBUTE.int, i: value };
}
