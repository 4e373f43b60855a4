import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { CrowdLabels } from '../dataset/crowd-labels';
import type { TaughtLabels } from '../engine/loss';
import { FerlabError } from '../errors';
import { predictPatiently } from '../predict/infer';
import { loadNetwork, networksOf, openRun } from '../run/open-run';
import { modelFolder } from '../run/published-models';
import { dividedData, haveSameParts } from '../run/record';
import type { Run } from '../run/run';
import { runFiles } from '../run/run-folder';
import { loadTensors, saveTensors } from '../run/tensor-file';
import { stopped, type Training, type TrainOptions } from './training';

const metaSchema = z.strictObject({ weightsSha256: z.string() });

/** What a teacher said of some images, with their rows. */
export interface TeacherAnswer {
  readonly rows: Uint32Array;
  /** [rows.length, classes] */
  readonly probabilities: Float32Array;
  /** Share of each target that is the teacher's. */
  readonly share: number;
}

/** Who teaches a network in place of labels, a published model or people: what they say of each image, unchanged by augmentation. */
export class Teacher {
  readonly #positions: ReadonlyMap<number, number>;

  /** @param weightsSha256 of the model; undefined where people teach */
  constructor(
    private readonly answer: TeacherAnswer,
    readonly weightsSha256?: string,
  ) {
    this.#positions = new Map([...answer.rows].map((row, position) => [row, position]));
  }

  /** The raters of FER+, by the shares of their votes; null where labels are learnt. */
  static ofShares({ rows, shares }: CrowdLabels): Teacher | null {
    return shares && new Teacher({ rows, probabilities: shares, share: 1 });
  }

  /** What the teacher says of some training images. */
  teach(rows: Uint32Array): TaughtLabels {
    const said = this.answer;
    const classes = said.probabilities.length / said.rows.length;
    const probabilities = new Float32Array(rows.length * classes);
    for (const [i, row] of rows.entries()) {
      const from = this.#positions.get(row)! * classes;
      probabilities.set(said.probabilities.subarray(from, from + classes), i * classes);
    }
    return { probabilities, share: said.share };
  }
}

/**
 * The published model that a configuration names as its teacher; null where it names none.
 * @throws FerlabError when no such model is published, or it was trained on other images
 */
export function openTeacher({ config, options }: Pick<Training, 'config' | 'options'>): Run | null {
  if (!config.teacher) return null;
  const run = openRun(modelFolder(config.teacher.model));
  if (haveSameParts(dividedData(run.record), { dataset: options.dataset.source, split: config })) return run;
  throw new FerlabError(`${run.folder}: the teacher was trained on other images than this run`, {
    remedy:
      'name a model of the same data set and split: any other model has learnt from test images of this run',
  });
}

/**
 * Asks a teacher what it says of the training images; the answer is kept in the run's folder, so that a resumed run
 * learns the same.
 * @throws FerlabError when the signal stops it
 */
export async function askTeacher(
  run: Run,
  { config, folder, options, split }: Pick<Training, 'config' | 'folder' | 'options' | 'split'>,
): Promise<Teacher> {
  const rows = split.training;
  const { weightsSha256 } = run.record;
  const kept = loadKept(folder, weightsSha256);
  const probabilities = kept ?? (await predictMirrored(run, options, rows));
  if (!kept) {
    const shape = [rows.length, probabilities.length / rows.length];
    const tensors = [{ name: 'probabilities', shape, values: probabilities }];
    saveTensors(runFiles(folder).teacher, { meta: { weightsSha256 }, tensors });
  }
  return new Teacher({ rows, probabilities, share: config.teacher!.share }, weightsSha256);
}

function loadKept(folder: string, weightsSha256: string): Float32Array | null {
  const { teacher } = runFiles(folder);
  if (!existsSync(teacher)) return null;
  const { meta, tensors } = loadTensors(teacher, metaSchema);
  if (meta.weightsSha256 === weightsSha256) return tensors[0]!.values;
  throw new FerlabError(`${teacher}: the run was started with other weights of its teacher`, {
    remedy: "restore the teacher's weights, or start again with --anew",
  });
}

/** Image and mirror image by each member of an ensemble: more views would take longer and tell little more. */
async function predictMirrored(
  run: Run,
  { dataset, signal }: Pick<TrainOptions, 'dataset' | 'signal'>,
  rows: Uint32Array,
): Promise<Float32Array> {
  const members = networksOf(run);
  const sum = new Float32Array(rows.length * run.record.dataset.classes.length);
  for (const member of members) {
    const network = loadNetwork(member);
    try {
      const some = await predictPatiently(network, dataset, rows, { views: 'mirror', signal });
      if (!some) throw stopped('while its teacher predicted the training images', { signal });
      for (const [k, probability] of some.entries()) sum[k]! += probability / members.length;
    } finally {
      network.dispose();
    }
  }
  return sum;
}
