import type { NativeTensor } from '../device';
import { reluGradient } from '../operations/arithmetic';
import {
  type BatchNormOptions,
  type BatchNormOutput,
  batchNormGradient,
  batchNormTraining,
} from '../operations/batch-norm';
import { Variable, zeros } from '../variable';
import type { Layer, LayerContext } from './layer';

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
  #kept: {
    x: NativeTensor;
    /** The output, kept only for the gradient of the ReLU. */
    y: NativeTensor | null;
    reserved: BatchNormOutput['reserved'];
  } | null = null;

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
    this.#kept = { x, y: this.options.relu ? y.retain() : null, reserved };
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const { x, y, reserved } = this.#kept!;
    this.#kept = null;
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
}
