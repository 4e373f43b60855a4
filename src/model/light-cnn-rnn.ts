import { greyModel, type ModelDefinition, type ModelTask } from './definition';
import { lightBlocks } from './light-cnn';

/**
 * The light network with a recurrent layer instead of its dense ones: an LSTM reads the rows of the last feature maps, which
 * are not pooled, from the top. 92 thousand parameters for images of 48x48.
 */
export function lightCnnRnn(task: ModelTask): ModelDefinition {
  return greyModel('light-cnn-rnn', task, [
    ...lightBlocks(task.side).slice(0, -1),
    { kind: 'rowLstm', units: 32 },
    { kind: 'dense', units: task.classes.length },
  ]);
}
