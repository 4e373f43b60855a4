import type { NativeTensor } from '../device';
import * as op from '../operations';
import { Variable, zeros } from '../variable';
import type { Layer, LayerContext, Pass } from './layer';

export interface BatchNormOptions {
  /** Share of the old running statistics that one step keeps. */
  readonly momentum: number;
  readonly epsilon: number;
}

const ones = (size: number) => new Float32Array(size).fill(1);

/** Batch normalisation over all axes but the last (Ioffe and Szegedy 2015, arXiv 1502.03167). */
export class BatchNorm implements Layer {
  readonly outputShape: readonly number[];
  readonly scale: Variable;
  readonly offset: Variable;
  readonly runningMean: Variable;
  readonly runningVariance: Variable;
  #kept: { x: NativeTensor; reserved: op.BatchNormOutput['reserved'] } | null = null;

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

  forward(x: NativeTensor, pass: Pass): NativeTensor {
    return pass.training ? this.#train(x) : this.#infer(x);
  }

  #train(x: NativeTensor): NativeTensor {
    const scale = this.scale.read();
    const offset = this.offset.read();
    const out = op.batchNormTraining(x, scale, offset, this.options.epsilon);
    scale.release();
    offset.release();
    this.#track(this.runningMean, out.mean);
    this.#track(this.runningVariance, out.variance);
    this.#kept = { x, reserved: out.reserved };
    return out.y;
  }

  /** running -= (1 - momentum) (running - statistic) */
  #track(running: Variable, statistic: NativeTensor): void {
    const value = running.read();
    const difference = op.subtract(value, statistic);
    value.release();
    running.subtractScaled(1 - this.options.momentum, difference);
    difference.release();
    statistic.release();
  }

  #infer(x: NativeTensor): NativeTensor {
    const parameters = [this.scale, this.offset, this.runningMean, this.runningVariance].map((v) => v.read());
    const y = op.batchNormInference(x, parameters, this.options.epsilon);
    for (const parameter of parameters) parameter.release();
    x.release();
    return y;
  }

  backward(dy: NativeTensor): NativeTensor {
    const { x, reserved } = this.#kept!;
    this.#kept = null;
    const scale = this.scale.read();
    const { dx, dScale, dOffset } = op.batchNormGradient(dy, x, scale, {
      reserved,
      epsilon: this.options.epsilon,
    });
    this.scale.setGradient(dScale);
    this.offset.setGradient(dOffset);
    for (const tensor of [scale, x, dy, ...reserved]) tensor.release();
    return dx;
  }
}
