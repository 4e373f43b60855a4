import { attribute, DTYPE } from './attribute';
import type { NativeTensor } from './device';
import { addTensors, multiply, scalar } from './operations/arithmetic';
import { subtractScaled, update, type Variable, zeros } from './variable';

/** Stochastic gradient descent with momentum; weight decay is added to the gradient (L2). */
export interface SgdDefinition {
  readonly kind: 'sgd';
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101). */
export interface AdamWDefinition {
  readonly kind: 'adamw';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

export type OptimizerDefinition = SgdDefinition | AdamWDefinition;

/** Changes weights by their gradients. */
export interface Optimizer {
  /** Its memory of earlier steps, to be saved with a checkpoint. */
  readonly slots: readonly Variable[];
  /** Applies and frees the gradients. @param step counts from 0 */
  apply(learningRate: number, step: number): void;
}

const FLOAT = attribute.type('T', DTYPE.float32);
const UNLOCKED = attribute.bool('use_locking', false);

export function buildOptimizer(definition: OptimizerDefinition, variables: readonly Variable[]): Optimizer {
  return definition.kind === 'sgd' ? new Sgd(definition, variables) : new AdamW(definition, variables);
}

/** Only kernels and filters decay: biases and the scales and offsets of batch norm are vectors. */
const decays = (variable: Variable) => variable.shape.length > 1;

function takeGradient(variable: Variable): NativeTensor {
  const gradient = variable.gradient;
  if (!gradient) throw new Error(`${variable.name} has no gradient`);
  variable.gradient = null;
  return gradient;
}

class Sgd implements Optimizer {
  readonly slots: readonly Variable[];

  constructor(
    readonly definition: SgdDefinition,
    readonly variables: readonly Variable[],
  ) {
    this.slots = variables.map(({ device, name, shape }) => zeros(device, `${name}/momentum`, shape, false));
  }

  apply(learningRate: number): void {
    const [first] = this.variables;
    if (!first) return;
    const rate = first.device.upload(Float32Array.of(learningRate), []);
    for (const [i, variable] of this.variables.entries()) this.#update(variable, this.slots[i]!, rate);
    rate.release();
  }

  #update(variable: Variable, slot: Variable, rate: NativeTensor): void {
    const { momentum, nesterov, weightDecay } = this.definition;
    const { device } = variable;
    const gradient =
      decays(variable) && weightDecay > 0 ? decayed(variable, weightDecay) : takeGradient(variable);
    update(
      'ResourceApplyKerasMomentum',
      [FLOAT, UNLOCKED, attribute.bool('use_nesterov', nesterov)],
      [variable, slot],
      [rate, gradient, scalar(device, momentum, DTYPE.float32)],
    );
    gradient.release();
  }
}

/** gradient + weightDecay * weight */
function decayed(variable: Variable, weightDecay: number): NativeTensor {
  const gradient = takeGradient(variable);
  const weight = variable.read();
  const pull = multiply(weight, scalar(variable.device, weightDecay, DTYPE.float32));
  weight.release();
  const sum = addTensors(gradient, pull);
  pull.release();
  gradient.release();
  return sum;
}

class AdamW implements Optimizer {
  readonly #first: readonly Variable[];
  readonly #second: readonly Variable[];

  constructor(
    readonly definition: AdamWDefinition,
    readonly variables: readonly Variable[],
  ) {
    const slot = (name: string) => (v: Variable) => zeros(v.device, `${v.name}/${name}`, v.shape, false);
    this.#first = variables.map(slot('first-moment'));
    this.#second = variables.map(slot('second-moment'));
  }

  get slots(): readonly Variable[] {
    return [...this.#first, ...this.#second];
  }

  apply(learningRate: number, step: number): void {
    const [first] = this.variables;
    if (!first) return;
    const { beta1, beta2, epsilon, weightDecay } = this.definition;
    const scalars = [beta1 ** (step + 1), beta2 ** (step + 1), learningRate, beta1, beta2, epsilon].map(
      (value) => first.device.upload(Float32Array.of(value), []),
    );
    const decay = first.device.upload(Float32Array.of(learningRate * weightDecay), []);
    for (const [i, variable] of this.variables.entries()) {
      if (decays(variable) && weightDecay > 0) shrink(variable, decay);
      const gradient = takeGradient(variable);
      update(
        'ResourceApplyAdam',
        [FLOAT, UNLOCKED, attribute.bool('use_nesterov', false)],
        [variable, this.#first[i]!, this.#second[i]!],
        [...scalars, gradient],
      );
      gradient.release();
    }
    for (const tensor of [...scalars, decay]) tensor.release();
  }
}

/** weight -= share * weight; `share` is a scalar */
function shrink(variable: Variable, share: NativeTensor): void {
  const weight = variable.read();
  subtractScaled(variable, share, weight);
  weight.release();
}
