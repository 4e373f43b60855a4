import { benchmarkCnn } from './benchmark-cnn';
import type { ModelDefinition, ModelTask } from './definition';
import { lightAttentionCnn } from './light-attention-cnn';
import { lightCnn } from './light-cnn';
import { lightCnnRnn } from './light-cnn-rnn';
import { paperCnn } from './paper-cnn';
import { strongCnn } from './strong-cnn';
import { strongCnnWide } from './strong-cnn-wide';

/** The networks that a configuration can name. */
export const MODELS = {
  'paper-cnn': paperCnn,
  'benchmark-cnn': benchmarkCnn,
  'strong-cnn': strongCnn,
  'strong-cnn-wide': strongCnnWide,
  'light-cnn': lightCnn,
  'light-attention-cnn': lightAttentionCnn,
  'light-cnn-rnn': lightCnnRnn,
} as const;

export type ModelName = keyof typeof MODELS;

/** The definition of a network by its name, for the images and classes of a data set. */
export function buildModel(name: ModelName, task: ModelTask): ModelDefinition {
  return MODELS[name](task);
}
