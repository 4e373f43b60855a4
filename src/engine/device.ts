import { checkAskedDevice } from './asked-device';
import { type Attribute, DTYPE } from './attribute';
import { addonBinding, type Binding, type TensorInfo } from './binding';
import { canPoolWithOneDnn, takesLists } from './onednn';
import { explainFailure } from './operation-failure';

/**
 * A tensor that lives in TensorFlow. It is counted by hand, not by the garbage collector: a batch of feature
 * maps weighs tens of megabytes and has to go the moment it is no longer needed.
 */
export class NativeTensor {
  #references = 1;

  constructor(
    readonly device: Device,
    readonly id: number,
    readonly shape: readonly number[],
    readonly dtype: number,
  ) {}

  /** Number of elements. */
  get size(): number {
    return this.shape.reduce((product, length) => product * length, 1);
  }

  /** One more owner; each owner calls {@link release} once. */
  retain(): this {
    this.#references++;
    return this;
  }

  release(): void {
    this.#references--;
    if (this.#references === 0) this.device.free(this);
  }

  /** Frees the tensor, whoever owns it; what its owners release later does nothing. */
  destroy(): void {
    if (this.#references <= 0) return;
    this.#references = 0;
    this.device.free(this);
  }
}

/** TensorFlow's eager runtime, called directly: no tape, no tfjs engine in between, and all of its element types. */
export class Device {
  readonly #binding: Binding;
  readonly #constants = new Map<string, NativeTensor>();
  #hasOneDnn: boolean | undefined;
  #hasFusedConvolution: boolean | undefined;
  #live = 0;
  /** What was made in {@link guard} and is not yet freed. */
  #guarded: Set<NativeTensor> | null = null;

  constructor() {
    this.#binding = addonBinding();
    checkAskedDevice(process.env.FERLAB_DEVICE, this.#binding.isUsingGpuDevice());
  }

  /** Whether operations run on a GPU. */
  get usesGpu(): boolean {
    return this.#binding.isUsingGpuDevice();
  }

  /**
   * Whether oneDNN's fused kernels can be called by name, as TensorFlow's graph optimiser does. They exist in
   * builds for processors with oneDNN; elsewhere, and on a GPU, the ordinary operations take their place.
   */
  get hasOneDnn(): boolean {
    this.#hasOneDnn ??= !this.usesGpu && canPoolWithOneDnn(this.#binding);
    return this.#hasOneDnn;
  }

  /**
   * Whether oneDNN's convolution with bias and ReLU can be called: the addon has to pass lists on as attributes, which
   * the set-up teaches it. Without it, convolution and ReLU come one after the other, to the same bits.
   */
  get hasFusedConvolution(): boolean {
    this.#hasFusedConvolution ??= this.hasOneDnn && takesLists(this.#binding);
    return this.#hasFusedConvolution;
  }

  /** Tensors made here and not yet freed, constants included. */
  get liveCount(): number {
    return this.#live;
  }

  /**
   * Runs one operation.
   * @throws FerlabError when TensorFlow runs out of memory; other failures are errors of this program
   */
  execute(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly NativeTensor[],
    outputs = 1,
  ): NativeTensor[] {
    const ids = inputs.map((input) => input.id);
    return this.#outputs(name, () => this.#binding.executeOp(name, attributes, ids, outputs));
  }

  #outputs(name: string, compute: () => TensorInfo[]): NativeTensor[] {
    try {
      return compute().map(({ id, shape, dtype }) => this.#made(id, shape, dtype));
    } catch (error) {
      throw explainFailure(name, error);
    }
  }

  /** The single output of an operation. */
  run(name: string, attributes: readonly Attribute[], inputs: readonly NativeTensor[]): NativeTensor {
    return this.execute(name, attributes, inputs, 1)[0]!;
  }

  /** Reads a graph from the `saved_model.pb` of a folder. @returns the number by which it is run and deleted */
  loadGraph(folder: string, tag: string): number {
    return this.#binding.loadSavedModel(folder, tag);
  }

  /**
   * One output of a graph for one input; names are those of nodes.
   * @throws FerlabError when TensorFlow runs out of memory
   */
  runGraph(id: number, input: { name: string; tensor: NativeTensor }, output: string): NativeTensor {
    const run = () => this.#binding.runSavedModel(id, [input.tensor.id], input.name, output);
    return this.#outputs(output, run)[0]!;
  }

  deleteGraph(id: number): void {
    this.#binding.deleteSavedModel(id);
  }

  /** A tensor over `values`; TensorFlow may read the array itself, so it must not change while the tensor lives. */
  upload(values: Float32Array | Int32Array | Uint8Array, shape: readonly number[]): NativeTensor {
    const dtype =
      values instanceof Float32Array
        ? DTYPE.float32
        : values instanceof Int32Array
          ? DTYPE.int32
          : DTYPE.uint8;
    const size = shape.reduce((product, length) => product * length, 1);
    if (values.length !== size) throw new Error(`${values.length} numbers do not fill the shape [${shape}]`);
    return this.#made(this.#binding.createTensor(shape, dtype, values), shape, dtype);
  }

  #made(id: number, shape: readonly number[], dtype: number): NativeTensor {
    const tensor = new NativeTensor(this, id, shape, dtype);
    this.#live++;
    this.#guarded?.add(tensor);
    return tensor;
  }

  /**
   * Runs `work`. If it fails, every tensor that it has made is freed, constants excepted.
   * @param letGo called after a failure, before tensors are freed: forgets whatever may hold one of them
   */
  guard<T>(work: () => T, letGo: () => void = () => {}): T {
    const made = new Set<NativeTensor>();
    this.#guarded = made;
    try {
      return work();
    } catch (error) {
      letGo();
      for (const tensor of made) tensor.destroy();
      throw error;
    } finally {
      this.#guarded = null;
    }
  }

  /** A copy of the elements of a float32, int32 or uint8 tensor. */
  download(tensor: NativeTensor): Float32Array | Int32Array | Uint8Array {
    return this.#binding.tensorDataSync(tensor.id);
  }

  /** A small constant that is made once and lives as long as the device: shapes, axes, scalars. */
  constant(
    kind: 'int32' | 'float32',
    values: readonly number[],
    shape: readonly number[] = [values.length],
  ): NativeTensor {
    return this.cached(`${kind}:${shape.join('x')}:${values.join(',')}`, () =>
      this.upload(kind === 'int32' ? Int32Array.from(values) : Float32Array.from(values), shape),
    );
  }

  /** The tensor of this key, made at the first call and kept as long as the device. */
  cached(key: string, make: () => NativeTensor): NativeTensor {
    const known = this.#constants.get(key);
    if (known) return known;
    const made = make();
    this.#guarded?.delete(made);
    this.#constants.set(key, made);
    return made;
  }

  /** To be called by the tensor alone, once. */
  free(tensor: NativeTensor): void {
    this.#binding.deleteTensor(tensor.id);
    this.#guarded?.delete(tensor);
    this.#live--;
  }

  /** Frees the constants; the owner of every other tensor frees it. */
  dispose(): void {
    for (const constant of this.#constants.values()) constant.release();
    this.#constants.clear();
  }
}
