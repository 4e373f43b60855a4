import type { NativeTensor } from '../device';
import { reluGradient } from '../operations/arithmetic';
import { type BatchNormOptions, batchNormGradient, batchNormTraining } from '../operations/batch-norm';
import { Variable, zeros } from '../variable';
import { Kept } from './kept';
import type { Affine, LayerKind, Weights } from './kind';
import type { Layer, LayerContext } from './layer';

interface BatchNormSettings {
  /** Share of the old running statistics that a step keeps; 0.9 unless given. */
  readonly momentum?: number;
  /** Added to the variance; 0.001 unless given. */
  readonly epsilon?: number;
}

declare module '../../model/definition' {
  interface LayerSettings {
    batchNorm: BatchNormSettings;
  }
}

const WEIGHTS = ['scale', 'offset', 'running-mean', 'running-variance'] as const;

export const batchNorm: LayerKind<'batchNorm', BatchNormOptions> = {
  name: 'batchNorm',
  absorbsRelu: true,
  resolve: (definition) => ({ momentum: 0.9, epsilon: 1e-3, relu: false, ...definition }),
  describe: (_, inputShape) => ({ outputShape: inputShape, parameters: 2 * inputShape.at(-1)! }),
  build: (options, context) => new BatchNorm(context, options),
  affine,
  infer(options, place) {
    const { name } = place;
    const { gain, offset } = affine(options, place);
    const scaled = place.add('Mul', `${name}/product`, [
      place.input,
      place.constant(`${name}/gain`, [gain.length], gain),
    ]);
    return place.add('AddV2', name, [scaled, place.constant(`${name}/offset`, [offset.length], offset)]);
  },
  onnx({ epsilon }, place) {
    const weights = WEIGHTS.map((part) => place.constant(place.weight(part)));
    return place.add('BatchNormalization', place.name, [place.input, ...weights], { epsilon });
  },
  layersModel: ({ momentum, epsilon }, { layers, apply, label, input }) =>
    apply(layers.batchNormalization({ name: label(), momentum, epsilon }), input, WEIGHTS),
};

/** The norm with its running statistics. */
function affine({ epsilon }: BatchNormOptions, { weight }: Weights): Affine {
  const [scale, offset, mean, variance] = WEIGHTS.map((part) => weight(part).values) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const gain = scale.map((value, c) => value / Math.sqrt(variance[c]! + epsilon));
  return { gain, offset: offset.map((value, c) => value - mean[c]! * gain[c]!) };
}

const ones = (size: number) => new Float32Array(size).fill(1);

/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy 2015, arXiv 1502.03167), with the ReLU that
 * follows it where there is one: oneDNN does both in one pass over memory.
 */
export class BatchNorm implements Layer {
  readonly outputShape: readonly number[];
  readonly scale: Variable;
  readonly offset: Variable;
  readonly runningMean: Variable;
  readonly runningVariance: Variable;
  readonly #kept = new Kept<{
    x: NativeTensor;
    /** The output, kept only for the gradient of the ReLU. */
    y: NativeTensor | null;
    mean: NativeTensor;
    variance: NativeTensor;
    scratch: NativeTensor;
  }>();

  constructor(
    context: LayerContext,
    readonly options: BatchNormOptions,
  ) {
    const channels = context.inputShape.at(-1)!;
    const { device, name } = context;
    this.outputShape = context.inputShape;
    this.scale = new Variable(device, `${name}/scale`, [channels], ones(channels));
    this.offset = zeros(device, `${name}/offset`, [channels]);
    this.runningMean = zeros(device, `${name}/running-mean`, [channels], false);
    this.runningVariance = new Variable(
      device,
      `${name}/running-variance`,
      [channels],
      ones(channels),
      false,
    );
  }

  get variables(): readonly Variable[] {
    return [this.scale, this.offset, this.runningMean, this.runningVariance];
  }

  forward(x: NativeTensor): NativeTensor {
    const parameters = this.variables.map((variable) => variable.read());
    const { y, mean, variance, reserved } = batchNormTraining(x, parameters, this.options);
    for (const parameter of parameters) parameter.release();
    this.runningMean.assignTensor(mean);
    this.runningVariance.assignTensor(variance);
    const [batchMean, batchVariance, scratch] = reserved;
    const kept = { mean: batchMean, variance: batchVariance, scratch };
    this.#kept.keep({ x, y: this.options.relu ? y.retain() : null, ...kept });
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const { x, y, mean, variance, scratch } = this.#kept.take();
    const reserved = [mean, variance, scratch] as const;
    const gradient = y ? reluGradient(dy, y) : dy.retain();
    dy.release();
    y?.release();
    const scale = this.scale.read();
    const { dx, dScale, dOffset } = batchNormGradient(gradient, x, scale, {
      reserved,
      epsilon: this.options.epsilon,
    });
    this.scale.setGradient(dScale);
    this.offset.setGradient(dOffset);
    for (const tensor of [scale, x, gradient, ...reserved]) tensor.release();
    return dx;
  }

  forget(): void {
    this.#kept.forget();
  }
}
