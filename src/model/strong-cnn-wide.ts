import type { ModelDefinition, ModelTask } from './definition';
import { strongCnn } from './strong-cnn';

/** The strong network with 352 instead of 256 filters in its last block. 1.80 M parameters, 119 M multiply-adds. */
export function strongCnnWide(task: ModelTask): ModelDefinition {
  return { ...strongCnn(task, 352), name: 'strong-cnn-wide' };
}
