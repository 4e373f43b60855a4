import type { ImageDataset } from '../dataset/dataset';
import { waysToName } from '../dataset/find';
import { loadDataset } from '../dataset/load';
import type { DatasetSpec } from '../dataset/spec';
import { isSample, PAPER_DATASET } from '../dataset/specs';
import { FerlabError } from '../errors';

export interface TrainingDataOptions {
  /** A copy of the data; else where the environment says, or the project's folder. */
  readonly path?: string;
  /** What the copy is read as; the paper's data set unless given. */
  readonly spec?: DatasetSpec;
  /** The order of its classes, as `LoadOptions.classes`. */
  readonly classes?: string;
  /** Whether the built-in sample was asked for. */
  readonly sample?: boolean;
}

/**
 * The data to train on.
 * @param purpose what needs it, such as "the profile strong"
 * @throws FerlabError where no copy is found and the sample was not asked for: hours would go into drawn faces
 */
export async function loadTrainingData(
  { path, spec = PAPER_DATASET, classes, sample }: TrainingDataOptions,
  purpose: string,
): Promise<ImageDataset> {
  if (sample && path) {
    throw new FerlabError('the built-in sample and a copy of the data were both asked for', {
      remedy: 'choose one of them',
    });
  }
  if (sample) return loadDataset({ sample: true });
  const dataset = await loadDataset({ path, spec, classes });
  if (!isSample(dataset.spec)) return dataset;
  throw new FerlabError(`${purpose} needs ${spec.title}, and no copy was found`, {
    remedy: `${waysToName(spec)}, or use the built-in sample with --sample`,
  });
}
