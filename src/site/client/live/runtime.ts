import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';

/** One network in ONNX Runtime. */
export interface OnnxNetwork {
  /** @returns what the network gives, each with its shape, by the names of its outputs */
  run(values: Float32Array, shape: readonly number[]): Promise<Readonly<Record<string, Tensor>>>;
}

/**
 * Sets the WebAssembly that networks run in. One thread: more need headers that a page from a file or a plain static host
 * does not have.
 */
export function setRuntime(bytes: Uint8Array): void {
  env.wasm.wasmBinary = bytes;
  env.wasm.numThreads = 1;
  env.logLevel = 'error';
}

/** Opens an ONNX model with one input. */
export async function openOnnx(model: Uint8Array): Promise<OnnxNetwork> {
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
  const [input] = session.inputNames;
  return {
    run: async (values, shape) =>
      (await session.run({ [input!]: new Tensor('float32', values, shape) })) as Record<string, Tensor>,
  };
}
