import { attribute, type Device, DTYPE, type NativeTensor } from './device';

const FLOAT = attribute.type('dtype', DTYPE.float32);
// TensorFlow's own name for variables that nobody else can look up and that go with their last handle.
const ANONYMOUS = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/** Float32 numbers that operations update in place: a weight, a running statistic, a slot of the optimiser. */
export class Variable {
  readonly handle: NativeTensor;
  /** Gradient of the loss, between a backward pass and the optimiser's step. */
  gradient: NativeTensor | null = null;

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

  /** The current value, without a copy; release it before the next update, which would else have to copy. */
  read(): NativeTensor {
    return this.device.run('ReadVariableOp', [FLOAT], [this.handle]);
  }

  /** Replaces the value; `values` is copied. */
  assign(values: Float32Array): void {
    const tensor = this.device.upload(values.slice(), this.shape);
    this.device.execute('AssignVariableOp', [FLOAT], [this.handle, tensor], 0);
    tensor.release();
  }

  /** A copy of the value. */
  values(): Float32Array {
    const tensor = this.read();
    const values = this.device.download(tensor) as Float32Array;
    tensor.release();
    return values;
  }

  /** this -= rate * delta, in one pass. */
  subtractScaled(rate: number, delta: NativeTensor): void {
    const alpha = this.device.upload(Float32Array.of(rate), []);
    this.device.execute(
      'ResourceApplyGradientDescent',
      [attribute.type('T', DTYPE.float32), attribute.bool('use_locking', false)],
      [this.handle, alpha, delta],
      0,
    );
    alpha.release();
  }

  /** Takes over the gradient of this step. */
  setGradient(gradient: NativeTensor): void {
    this.gradient?.release();
    this.gradient = gradient;
  }

  dispose(): void {
    this.gradient?.release();
    this.gradient = null;
    this.handle.release();
  }
}

/** A variable of zeros. */
export function zeros(device: Device, name: string, shape: readonly number[], trainable = true): Variable {
  const size = shape.reduce((product, length) => product * length, 1);
  return new Variable(device, name, shape, new Float32Array(size), trainable);
}
