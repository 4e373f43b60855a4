import { greyModel, type ModelDefinition, type ModelTask } from './definition';
import { lightBlocks, lightHead } from './light-cnn';

/**
 * The light network with attention to channels: squeeze-and-excitation between its blocks. 95 thousand parameters for images
 * of 48x48.
 */
export function lightAttentionCnn(task: ModelTask): ModelDefinition {
  const blocks = lightBlocks(task.side, () => [{ kind: 'squeezeExcite', reduction: 8 }]);
  return greyModel('light-attention-cnn', task, [...blocks, ...lightHead(task)]);
}
