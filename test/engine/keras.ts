import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { OptimizerDefinition } from '../../src/engine/optimizer';
import type { TrainingBatch } from '../../src/engine/trainer';
import type { WeightTensor } from '../../src/engine/weights';
import type { ModelDefinition } from '../../src/model/definition';
import { findPython } from '../../src/notebook/python';

/** A training that Keras does too: the engine's words, with all defaults written out. */
export interface KerasJob {
  readonly definition: ModelDefinition;
  readonly weights: readonly WeightTensor[];
  readonly optimizer: OptimizerDefinition;
  readonly labelSmoothing: number;
  readonly classWeights: readonly number[];
  readonly averageDecay: number;
  readonly steps: readonly TrainingBatch[];
}

export interface KerasOutcome {
  /** Of the first batch in the first weights, as predictions are made. */
  readonly logits: readonly number[];
  readonly losses: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly averages: Readonly<Record<string, readonly number[]>>;
}

/** Trains with Keras, in the project's Python. */
export function trainWithKeras(jobs: readonly KerasJob[]): KerasOutcome[] {
  const input = JSON.stringify(jobs, (_, value) =>
    ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value,
  );
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', CUDA_VISIBLE_DEVICES: '' };
  const script = join(__dirname, 'keras_train.py');
  const out = execFileSync(findPython(), [script], { input, env, stdio: 'pipe', maxBuffer: 2 ** 28 });
  return JSON.parse(out.toString()) as KerasOutcome[];
}
