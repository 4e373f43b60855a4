import { IMAGE_SIZE } from '../dataset/dataset';
import { EMOTION_COUNT } from '../dataset/emotions';
import { convolutionNormRelu } from './blocks';
import type { LayerDefinition, ModelDefinition } from './definition';

/**
 * The network that training speed is measured with: the paper's sizes with batch norm, 1.47 M parameters and
 * 87 M multiply-adds an image.
 */
export function benchmarkCnn(): ModelDefinition {
  const block = (filters: number): LayerDefinition[] => [
    ...convolutionNormRelu(filters),
    ...convolutionNormRelu(filters),
    { kind: 'maxPool', size: 2 },
    { kind: 'dropout', rate: 0.25 },
  ];
  return {
    name: 'benchmark-cnn',
    inputShape: [IMAGE_SIZE, IMAGE_SIZE, 1],
    classes: EMOTION_COUNT,
    layers: [
      ...[32, 64, 128].flatMap(block),
      { kind: 'flatten' },
      { kind: 'dense', units: 256 },
      { kind: 'relu' },
      { kind: 'dense', units: EMOTION_COUNT },
    ],
  };
}
