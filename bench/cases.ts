import { FER2013 } from '../src/dataset/specs/fer2013';
import { modelSize } from '../src/engine/describe';
import { benchmarkCnn } from '../src/model/benchmark-cnn';
import type { LayerDefinition, ModelDefinition } from '../src/model/definition';
import { paperCnn } from '../src/model/paper-cnn';
import { strongCnn } from '../src/model/strong-cnn';
import type { Task } from './protocol';

/** What is measured with every peer in turn. */
export interface Case {
  readonly name: string;
  readonly task: Omit<Task, 'precision'>;
  /** Only this project's engine: how time grows with the work. */
  readonly oursAlone?: boolean;
}

/** oneDNN computes channels in blocks of 16: in between, batch norm takes 4 to 7 times as long (bench/widths.ts). */
const BLOCK = 16;

/** The model with about `factor` times the filters of every convolution, rounded to whole blocks. */
function widened(model: ModelDefinition, factor: number): ModelDefinition {
  const round = (filters: number) => BLOCK * Math.round((filters * factor) / BLOCK);
  const widen = (layer: LayerDefinition): LayerDefinition =>
    layer.kind === 'convolution' ? { ...layer, filters: round(layer.filters) } : layer;
  return { ...model, layers: model.layers.map(widen) };
}

const multiplyAdds = (model: ModelDefinition) => modelSize(model).multiplyAdds;

/** The benchmark's network at about `factor` times the multiply-adds; the name tells how many times exactly. */
function widthCase(factor: number): Case {
  const model = widened(benchmarkCnn(FER2013), Math.sqrt(factor));
  const times = multiplyAdds(model) / multiplyAdds(benchmarkCnn(FER2013));
  return {
    name: `growth, ${times.toFixed(2)}x the multiply-adds`,
    oursAlone: true,
    task: { kind: 'train', model, batch: 64, steps: 4 },
  };
}

const MODELS = [benchmarkCnn(FER2013), paperCnn(FER2013), strongCnn(FER2013)];

/** Images that one timed training takes. */
const TRAINED = 512;

export function allCases(isQuick: boolean): Case[] {
  const models = isQuick ? MODELS.slice(0, 1) : MODELS;
  const batches = isQuick ? [64] : [64, 128];
  const steps = (batch: number) => TRAINED / batch;
  const training = models.flatMap((model) =>
    batches.map(
      (batch): Case => ({
        name: `training, ${model.name}, batch ${batch}`,
        task: { kind: 'train', model, batch, steps: steps(batch) },
      }),
    ),
  );
  const inference = models.map(
    (model): Case => ({
      name: `inference, ${model.name}, batch 64`,
      task: { kind: 'infer', model, batch: 64, steps: 2 * steps(64) },
    }),
  );
  const latency = models.map(
    (model): Case => ({
      name: `latency, ${model.name}`,
      task: { kind: 'latency', model, batch: 1, steps: 40 },
    }),
  );
  const images = [1, 2, 4].map(
    (factor): Case => ({
      name: `growth, ${factor}x the images`,
      oursAlone: true,
      task: { kind: 'train', model: benchmarkCnn(FER2013), batch: 64, steps: 4 * factor },
    }),
  );
  const width = [1, 2, 4].map(widthCase);
  return [...training, ...inference, ...latency, ...(isQuick ? [] : [...images, ...width])];
}
