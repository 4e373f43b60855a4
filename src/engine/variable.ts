import { type Attribute, attribute, DTYPE } from './attribute';
import type { Device, NativeTensor } from './device';
import { cast, convert } from './operations/shape';

const FLOAT = attribute.type('dtype', DTYPE.float32);
// TensorFlow's own name for variables that nobody else can look up and that go with their last handle.
const ANONYMOUS = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/** Float32 numbers that operations update in place: a weight, a running statistic, a slot of the optimiser. */
export class Variable {
  readonly handle: NativeTensor;
  /** Gradient of the loss, between a backward pass and the optimiser's step. */
  gradient: NativeTensor | null = null;
  /** The present value by element type. */
  readonly #copies = new Map<number, NativeTensor>();

  constructor(
    readonly device: Device,
    readonly name: string,
    readonly shape: readonly number[],
    values: Float32Array,
    readonly trainable = true,
  ) {
    this.handle = device.run(
      'VarHandleOp',
      [
        FLOAT,
        attribute.shape('shape', shape),
        attribute.string('container', ''),
        attribute.string('shared_name', ANONYMOUS),
      ],
      [],
    );
    this.assign(values);
  }

  get size(): number {
    return this.shape.reduce((product, length) => product * length, 1);
  }

  /**
   * The current value in the given element type; the caller releases it. It is made once between two updates:
   * the forward pass, the backward pass and the averages all ask for it.
   */
  read(dtype: number = DTYPE.float32): NativeTensor {
    let copy = this.#copies.get(dtype);
    if (!copy) {
      copy = dtype === DTYPE.float32 ? this.#readOnce() : this.#converted(dtype);
      this.#copies.set(dtype, copy);
    }
    return copy.retain();
  }

  #readOnce(): NativeTensor {
    return this.device.run('ReadVariableOp', [FLOAT], [this.handle]);
  }

  #converted(dtype: number): NativeTensor {
    const value = this.read();
    const converted = cast(value, dtype);
    value.release();
    return converted;
  }

  /** Lets go of the copies: they are out of date after an update, and would make it copy the value before it. */
  forgetCopies(): void {
    for (const copy of this.#copies.values()) copy.release();
    this.#copies.clear();
  }

  /** Replaces the value; `values` is copied. */
  assign(values: Float32Array): void {
    this.assignTensor(this.device.upload(values.slice(), this.shape));
  }

  /** Replaces the value by a float32 tensor of the same shape, which it takes over. */
  assignTensor(tensor: NativeTensor): void {
    this.forgetCopies();
    this.device.execute('AssignVariableOp', [FLOAT], [this.handle, tensor], 0);
    tensor.release();
  }

  /** A copy of the value. */
  values(): Float32Array {
    const tensor = this.#readOnce();
    const values = this.device.download(tensor) as Float32Array;
    tensor.release();
    return values;
  }

  /** Takes over the gradient of this step, which may come in another element type. */
  setGradient(gradient: NativeTensor): void {
    this.gradient?.release();
    this.gradient = convert(gradient, DTYPE.float32);
  }

  /** Lets go of the gradient and of the copies; the value stays. */
  forget(): void {
    this.gradient?.release();
    this.gradient = null;
    this.forgetCopies();
  }

  dispose(): void {
    this.forget();
    this.handle.release();
  }
}

/** Runs an operation that changes `variables` in place; their handles are its first inputs. */
export function update(
  name: string,
  attributes: readonly Attribute[],
  variables: readonly Variable[],
  inputs: readonly NativeTensor[],
): void {
  for (const variable of variables) variable.forgetCopies();
  const handles = variables.map((variable) => variable.handle);
  variables[0]!.device.execute(name, attributes, [...handles, ...inputs], 0);
}

/** variable -= rate * delta, in one pass; `rate` is a scalar. */
export function subtractScaled(variable: Variable, rate: NativeTensor, delta: NativeTensor): void {
  update(
    'ResourceApplyGradientDescent',
    [attribute.type('T', DTYPE.float32), attribute.bool('use_locking', false)],
    [variable],
    [rate, delta],
  );
}

/** A variable of zeros. */
export function zeros(device: Device, name: string, shape: readonly number[], trainable = true): Variable {
  const size = shape.reduce((product, length) => product * length, 1);
  return new Variable(device, name, shape, new Float32Array(size), trainable);
}
