import { hasConvolutionBias } from '../engine/describe';
import type { Precision } from '../engine/network';
import type { ModelDefinition } from '../model/definition';
import { buildModel } from '../model/models';
import type { Erratum, NetworkRecord } from './record';

/** A training, as far as a fault of the engine depends on it. */
interface Trained {
  readonly model: ModelDefinition;
  readonly precision: Precision;
  /** When it ended, in ISO 8601. */
  readonly finishedAt: string;
}

interface Fault extends Erratum {
  affects(training: Trained): boolean;
}

/**
 * Faults of the engine that published trainings have. A training that ended before the fix has it. A later
 * one from an older checkout has it too, and is not recognised.
 */
const FAULTS: readonly Fault[] = [
  {
    text: 'The engine added up the gradients of convolution biases in bfloat16 and lost part of each sum: 13 to 98 % with random gradients of 128 images, most in the largest feature maps. The biases moved less than the recipe says. The effect on accuracy was not measured.',
    fixedBy: '47f314c7385e23b36d0842ed837b5789ed46e434',
    fixedAt: '2026-11-26T02:50:20.000Z',
    affects: ({ model, precision }) => precision === 'bfloat16' && hasConvolutionBias(model),
  },
];

/** The known faults of a training. */
export function faultsOf(training: Trained): Erratum[] {
  return FAULTS.filter(
    (fault) => Date.parse(training.finishedAt) < Date.parse(fault.fixedAt) && fault.affects(training),
  ).map(({ text, fixedBy, fixedAt }) => ({ text, fixedBy, fixedAt }));
}

/** The known faults of the training that a record describes. */
export function errataOf({ config, dataset, precision, rounded, finishedAt }: NetworkRecord): Erratum[] {
  const model = buildModel(config.model, dataset);
  return faultsOf({ model, precision: rounded?.fromPrecision ?? precision, finishedAt });
}

/** An erratum with the commit that fixed it. */
export const erratumText = ({ text, fixedBy, fixedAt }: Erratum): string =>
  `${text} Fixed on ${fixedAt.slice(0, 10)} (commit \`${fixedBy.slice(0, 7)}\`).`;
