/** TensorFlow's codes of the element types that the engine uses. */
export const DTYPE = {
  float32: 1,
  int32: 3,
  uint8: 4,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const;

/** One attribute of an operation, in the form that the addon takes. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean | string | readonly number[] | readonly string[];
}

// Codes of the attribute types in TensorFlow's C header.
const ATTRIBUTE = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5 } as const;

export const attribute = {
  string: (name: string, value: string): Attribute => ({ name, type: ATTRIBUTE.string, value }),
  int: (name: string, value: number | readonly number[]): Attribute => ({ name, type: ATTRIBUTE.int, value }),
  float: (name: string, value: number): Attribute => ({ name, type: ATTRIBUTE.float, value }),
  bool: (name: string, value: boolean): Attribute => ({ name, type: ATTRIBUTE.bool, value }),
  type: (name: string, value: number): Attribute => ({ name, type: ATTRIBUTE.type, value }),
  strings: (name: string, value: readonly string[]): Attribute => ({ name, type: ATTRIBUTE.string, value }),
  types: (name: string, value: readonly number[]): Attribute => ({ name, type: ATTRIBUTE.type, value }),
  shape: (name: string, value: readonly number[]): Attribute => ({ name, type: ATTRIBUTE.shape, value }),
};

/** Selects one of the kernels that TensorFlow registers for oneDNN under names of their own (`_MklNative...`). */
export const ONEDNN_KERNEL = attribute.string('_kernel', 'MklNameChangeOp');
