import { convolutionRelu } from './blocks';
import { greyModel, type LayerDefinition, type ModelDefinition, type ModelTask } from './definition';

/**
 * The network of the paper's Section III: convolutions, each followed by ReLU, max pooling, dropout, flatten,
 * dense layers and a softmax.
 *
 * The paper gives no sizes. Chosen here: three blocks of two 3x3 convolutions with 32, 64 and 128 filters and
 * `same` padding, 2x2 pooling and dropout of 0.25 after each block, one dense layer of 256 units with dropout of
 * 0.5, and no batch norm, which the paper does not mention. The softmax belongs to the loss.
 */
export function paperCnn(task: ModelTask): ModelDefinition {
  const block = (filters: number): LayerDefinition[] => [
    ...convolutionRelu(filters),
    ...convolutionRelu(filters),
    { kind: 'maxPool', size: 2 },
    { kind: 'dropout', rate: 0.25 },
  ];
  return greyModel('paper-cnn', task, [
    ...[32, 64, 128].flatMap(block),
    { kind: 'flatten' },
    { kind: 'dense', units: 256 },
    { kind: 'relu' },
    { kind: 'dropout', rate: 0.5 },
    { kind: 'dense', units: task.classes.length },
  ]);
}
