import { randomStream } from '../random';

/**
 * Normal numbers with variance gain / fanIn; zeros where there is no seed, as for weights that are read from a file.
 * @param options.gain 2 before a ReLU (He et al. 2015, arXiv 1502.01852), 1 before a softmax
 */
export function fanInNormal(
  size: number,
  options: { fanIn: number; gain: number; seed: number | null; name: string },
): Float32Array {
  if (options.seed === null) return new Float32Array(size);
  const stream = randomStream(options.seed, 'initialize', options.name);
  const deviation = Math.sqrt(options.gain / options.fanIn);
  return Float32Array.from({ length: size }, () => deviation * stream.normal());
}
