import { convolutionNormRelu } from './blocks';
import { greyModel, type LayerDefinition, type ModelDefinition, type ModelTask } from './definition';

/**
 * The network that training speed is measured with: the paper's sizes with batch norm, 1.47 M parameters and
 * 87 M multiply-adds an image.
 */
export function benchmarkCnn(task: ModelTask): ModelDefinition {
  const block = (filters: number): LayerDefinition[] => [
    ...convolutionNormRelu(filters),
    ...convolutionNormRelu(filters),
    { kind: 'maxPool', size: 2 },
    { kind: 'dropout', rate: 0.25 },
  ];
  return greyModel('benchmark-cnn', task, [
    ...[32, 64, 128].flatMap(block),
    { kind: 'flatten' },
    { kind: 'dense', units: 256 },
    { kind: 'relu' },
    { kind: 'dense', units: task.classes.length },
  ]);
}
