import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Precision } from '../engine/network';
import type { WeightTensor } from '../engine/weights';
import { EXIT, FerlabError } from '../errors';
import { configHash } from '../run/config';
import {
  describeEnvironment,
  ENVIRONMENTS,
  type EnvironmentsDocument,
  trainingEnvironmentSchema,
} from '../run/environment';
import { historySchema } from '../run/history';
import { saveJson } from '../run/json-file';
import { runFiles } from '../run/run-folder';
import { loadTensors, saveTensors } from '../run/tensor-file';
import { beginning, type Progression } from './progression';
import type { Training } from './training';

interface CheckpointMeta {
  readonly configHash: string;
  readonly datasetSha256: string;
  /** Hash of the labels of FER+ that are learnt. */
  readonly crowdSha256?: string | undefined;
  readonly precision: Precision;
  readonly progression: Progression;
}

const count = z.int().min(0);
/** Checkpoints of earlier versions name no environments: where such a run was begun is not known. */
const metaSchema: z.ZodType<CheckpointMeta> = z.strictObject({
  configHash: z.string(),
  datasetSha256: z.string(),
  crowdSha256: z.string().optional(),
  precision: z.enum(['float32', 'bfloat16']),
  progression: z.strictObject({
    epoch: count,
    step: count,
    lossSum: z.number(),
    correct: count,
    history: historySchema,
    seconds: z.number().min(0),
    startedAt: z.iso.datetime(),
    environments: z.array(trainingEnvironmentSchema).default([]),
  }),
});

/** The checkpoints of a training: weights, optimiser, averages and progression in one file. */
export class Checkpoints {
  readonly #path: string;
  #last = performance.now();

  constructor(private readonly training: Training) {
    this.#path = runFiles(training.folder).checkpoint;
  }

  /**
   * @throws FerlabError when a number among the weights is not finite, or another process took the folder over; the
   * checkpoint that was there is kept
   */
  save(progression: Progression): void {
    const { config, options, learnt, lock, network, trainer } = this.training;
    const tensors = [...network.weights(), ...trainer.state()];
    checkFinite(tensors);
    lock.check();
    const meta: CheckpointMeta = {
      configHash: configHash(config),
      datasetSha256: options.dataset.source.sha256,
      crowdSha256: learnt.crowdSha256,
      precision: network.precision,
      progression,
    };
    saveTensors(this.#path, { meta, tensors });
    this.#last = performance.now();
  }

  /** Saves when the last checkpoint is old enough. */
  saveIfDue(progression: Progression): void {
    const age = (performance.now() - this.#last) / 1000;
    if (age >= (this.training.options.checkpointSeconds ?? 60)) this.save(progression);
  }

  /**
   * Puts network and trainer back to the checkpoint; a run that was stopped before its first one begins.
   * @returns its progression, gone on with by this process
   * @throws FerlabError when it belongs to another configuration, other data or another element type
   */
  restore(): Progression {
    const { config, options, learnt, network, trainer } = this.training;
    if (!existsSync(this.#path)) return beginning();
    const { meta, tensors } = loadTensors(this.#path, metaSchema);
    if (meta.configHash !== configHash(config)) throw this.#foreign('another configuration');
    if (meta.datasetSha256 !== options.dataset.source.sha256) throw this.#foreign('other data');
    if (meta.crowdSha256 !== learnt.crowdSha256) throw this.#foreign('other votes of FER+');
    if (meta.precision !== network.precision)
      throw this.#foreign(`training in ${meta.precision}, not ${network.precision}`);
    network.setWeights(tensors);
    trainer.setState(tensors);
    const { progression } = meta;
    const here = { event: 'resume', at: new Date().toISOString(), ...describeEnvironment() } as const;
    return { ...progression, environments: [...progression.environments, here] };
  }

  #foreign(what: string): FerlabError {
    return new FerlabError(`${this.#path}: the checkpoint belongs to ${what}`, {
      remedy: 'resume with the original settings, or discard the run with --anew',
    });
  }

  /** Writes where the run was started and resumed, for those who look into the folder of one that is not finished. */
  saveEnvironments({ environments }: Progression): void {
    const document: EnvironmentsDocument = { format: ENVIRONMENTS.format, environments };
    saveJson(runFiles(this.training.folder).environments, document);
  }
}

function checkFinite(tensors: readonly WeightTensor[]): void {
  const broken = tensors.find(({ values }) => !values.every(Number.isFinite));
  if (!broken) return;
  throw new FerlabError(`${broken.name} contains numbers that are not finite`, {
    remedy: 'lower the learning rate; the previous checkpoint was kept',
    exitStatus: EXIT.diverged,
  });
}
