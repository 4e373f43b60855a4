import { convolutionRelu } from './blocks';
import { greyModel, type LayerDefinition, type ModelDefinition, type ModelTask } from './definition';

/** Filters of the blocks; every further block has those of the last. */
const FILTERS = [16, 32, 64, 48] as const;

/**
 * A light network, for devices with little memory and for studies of many trainings: the kinds of layers of the paper's
 * Section III, one convolution a block, and blocks until the feature maps are 3x3 or smaller. 93 thousand parameters and
 * 7 M multiply-adds for images of 48x48; 79 thousand and 1.5 M for 24x24.
 */
export function lightCnn(task: ModelTask): ModelDefinition {
  return greyModel('light-cnn', task, [...lightBlocks(task.side), ...lightHead(task)]);
}

/** The blocks of the light network. @param between further layers between two blocks, for the filters before them */
export function lightBlocks(
  side: number,
  between: (filters: number) => readonly LayerDefinition[] = () => [],
): LayerDefinition[] {
  const filters: number[] = [];
  for (let rest = side; rest > 3; rest = Math.floor(rest / 2))
    filters.push(FILTERS[Math.min(filters.length, FILTERS.length - 1)]!);
  return filters.flatMap((some, block) => [
    ...convolutionRelu(some),
    { kind: 'maxPool', size: 2 },
    ...(block < filters.length - 1 ? between(some) : []),
  ]);
}

/** The dense layers of the light network. */
export function lightHead({ classes }: ModelTask): LayerDefinition[] {
  return [
    { kind: 'flatten' },
    { kind: 'dense', units: 96 },
    { kind: 'relu' },
    { kind: 'dense', units: classes.length },
  ];
}
