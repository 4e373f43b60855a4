import { convolutionNormRelu } from './blocks';
import { greyModel, type LayerDefinition, type ModelDefinition, type ModelTask } from './definition';

/**
 * A stronger network for the same images, made for little compute: it pools early, normalises each batch and ends
 * in global pooling (mean and maximum) instead of a wide dense layer. 1.17 M parameters, 96 M multiply-adds.
 * @param lastFilters filters of the last block, where they cost least time
 */
export function strongCnn(task: ModelTask, lastFilters = 256): ModelDefinition {
  const pool: LayerDefinition = { kind: 'maxPool', size: 2 };
  const block = (filters: number): LayerDefinition[] => [
    ...convolutionNormRelu(filters),
    ...convolutionNormRelu(filters),
  ];
  return greyModel('strong-cnn', task, [
    ...convolutionNormRelu(32),
    pool,
    ...block(64),
    pool,
    ...block(128),
    pool,
    ...block(lastFilters),
    { kind: 'globalPool', statistic: 'meanAndMax' },
    { kind: 'dropout', rate: 0.4 },
    { kind: 'dense', units: task.classes.length },
  ]);
}
