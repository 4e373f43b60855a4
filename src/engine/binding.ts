import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Attribute } from './attribute';
import { tensorflow } from './tensorflow';

/** A tensor as the addon knows it: a number, the shape and TensorFlow's code of the element type. */
export interface TensorInfo {
  id: number;
  shape: number[];
  dtype: number;
}

/** The part of the addon's interface that the engine calls. */
export interface Binding {
  createTensor(shape: readonly number[], dtype: number, values: ArrayBufferView): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  executeOp(name: string, attributes: readonly Attribute[], inputs: number[], outputs: number): TensorInfo[];
  isUsingGpuDevice(): boolean;
  loadSavedModel(folder: string, tags: string): number;
  runSavedModel(id: number, inputs: number[], inputNames: string, outputNames: string): TensorInfo[];
  deleteSavedModel(id: number): void;
}

/**
 * The addon's interface, without tfjs around it, which takes longer to load than TensorFlow. Where tfjs is loaded too, its
 * backend holds the same object.
 */
export function addonBinding(): Binding {
  const addon = addonPath();
  if (existsSync(addon)) return require(addon);
  return (tensorflow().backend() as unknown as { binding: Binding }).binding; // says what is missing
}

const addonPath = () =>
  join(dirname(require.resolve('@tensorflow/tfjs-node/package.json')), 'lib/napi-v8/tfjs_binding.node');
