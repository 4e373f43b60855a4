import { convolutionRelu } from './blocks';
import { greyModel, type LayerDefinition, type ModelDefinition, type ModelTask } from './definition';

/** Filters of the blocks; every further block has those of the last. */
const FILTERS = [16, 32, 64, 48] as const;

/**
 * A light network, for devices with little memory and for studies of many trainings: the kinds of layers of the paper's
 * Section III, one convolution a block, and blocks until the feature maps are 3x3 or smaller. 94 thousand parameters and
 * 10 M multiply-adds for images of 48x48; 80 thousand and 1.5 M for 24x24.
 */
export function lightCnn(task: ModelTask): ModelDefinition {
  const layers: LayerDefinition[] = [];
  for (let side = task.side, block = 0; side > 3; side = Math.floor(side / 2), block++) {
    const filters = FILTERS[Math.min(block, FILTERS.length - 1)]!;
    layers.push(...convolutionRelu(filters), { kind: 'maxPool', size: 2 });
  }
  return greyModel('light-cnn', task, [
    ...layers,
    { kind: 'flatten' },
    { kind: 'dense', units: 96 },
    { kind: 'relu' },
    { kind: 'dense', units: task.classes.length },
  ]);
}
