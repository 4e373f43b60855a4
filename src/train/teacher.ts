import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { ImageDataset } from '../dataset/dataset';
import { EMOTION_COUNT } from '../dataset/emotions';
import type { TaughtLabels } from '../engine/loss';
import { FerlabError } from '../errors';
import { predictPatiently } from '../predict/infer';
import { loadNetwork, networksOf, openRun } from '../run/open-run';
import { modelFolder } from '../run/published-models';
import { haveSameParts, splitOf } from '../run/record';
import type { Run } from '../run/run';
import { runFiles } from '../run/run-folder';
import { loadTensors, saveTensors } from '../run/tensor-file';
import { type SessionParts, stopped } from './session';

type Parts = Pick<SessionParts, 'config' | 'folder' | 'options' | 'split'>;

const metaSchema = z.strictObject({ weightsSha256: z.string() });

/** A published model that teaches another: what it says of each training image, unchanged by augmentation. */
export class Teacher {
  readonly #positions: ReadonlyMap<number, number>;

  /**
   * @param rows the training images
   * @param probabilities [rows.length, 7]
   */
  constructor(
    readonly weightsSha256: string,
    rows: Uint32Array,
    readonly probabilities: Float32Array,
    readonly share: number,
  ) {
    this.#positions = new Map([...rows].map((row, position) => [row, position]));
  }

  /** What the teacher says of some training images. */
  teach(rows: Uint32Array): TaughtLabels {
    const probabilities = new Float32Array(rows.length * EMOTION_COUNT);
    for (const [i, row] of rows.entries()) {
      const from = this.#positions.get(row)! * EMOTION_COUNT;
      probabilities.set(this.probabilities.subarray(from, from + EMOTION_COUNT), i * EMOTION_COUNT);
    }
    return { probabilities, share: this.share };
  }
}

/**
 * The teacher of a run; its predictions are kept in the run's folder, so that a resumed run learns the same. Null where
 * the configuration names none.
 * @throws FerlabError when no such model is published, it was trained on other images, or the signal stops it
 */
export async function loadTeacher(parts: Parts): Promise<Teacher | null> {
  const { config, folder, options, split } = parts;
  if (!config.teacher) return null;
  const run = openRun(modelFolder(config.teacher.model));
  checkParts(run, parts);
  const { weightsSha256 } = run.record;
  const kept = loadKept(folder, weightsSha256);
  const probabilities = kept ?? (await predictTraining(run, options, split.training));
  if (!kept) {
    const tensors = [
      { name: 'probabilities', shape: [split.training.length, EMOTION_COUNT], values: probabilities },
    ];
    saveTensors(runFiles(folder).teacher, { meta: { weightsSha256 }, tensors });
  }
  return new Teacher(weightsSha256, split.training, probabilities, config.teacher.share);
}

function checkParts({ folder, record }: Run, { config, options }: Parts): void {
  const theirs = { dataset: record.dataset, split: splitOf(record) };
  if (haveSameParts(theirs, { dataset: options.dataset.source, split: config })) return;
  throw new FerlabError(`${folder}: the teacher was trained on other images than this run`, {
    remedy: "name a model of the same dataset and split: another has learnt from this run's test images",
  });
}

function loadKept(folder: string, weightsSha256: string): Float32Array | null {
  const { teacher } = runFiles(folder);
  if (!existsSync(teacher)) return null;
  const { meta, tensors } = loadTensors(teacher, metaSchema);
  if (meta.weightsSha256 === weightsSha256) return tensors[0]!.values;
  throw new FerlabError(`${teacher}: the run was begun with other weights of its teacher`, {
    remedy: "put the teacher's weights back, or train anew without --resume",
  });
}

/** Image and mirror image by each member of an ensemble: more views would take longer and tell little more. */
async function predictTraining(
  run: Run,
  { dataset, signal }: { dataset: ImageDataset; signal?: AbortSignal },
  rows: Uint32Array,
): Promise<Float32Array> {
  const members = networksOf(run);
  const sum = new Float32Array(rows.length * EMOTION_COUNT);
  for (const member of members) {
    const network = loadNetwork(member);
    try {
      const some = await predictPatiently(network, dataset, rows, { views: 'mirror', signal });
      if (!some) throw stopped('while its teacher looked at the training images');
      for (const [k, probability] of some.entries()) sum[k]! += probability / members.length;
    } finally {
      network.dispose();
    }
  }
  return sum;
}
