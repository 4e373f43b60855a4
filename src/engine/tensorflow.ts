import type * as Tfjs from '@tensorflow/tfjs-node';
import '../tensorflow-settings';

/**
 * TensorFlow for Node. It is loaded by the first call, not by an import: that takes a second, which a command that only
 * explains itself or refuses its arguments doesn't need.
 */
export function tensorflow(): typeof Tfjs {
  return require('@tensorflow/tfjs-node');
}
