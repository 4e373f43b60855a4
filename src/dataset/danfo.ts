import type * as Danfo from 'danfojs-node';
import '../tensorflow-settings'; // Danfo loads TensorFlow

/** Danfo. It is loaded by the first call, not by an import: that takes some seconds, which whoever makes no frame need not wait. */
export function danfo(): typeof Danfo {
  return require('danfojs-node');
}
