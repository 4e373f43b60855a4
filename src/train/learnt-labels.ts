import { createHash } from 'node:crypto';
import { type CrowdLabels, crowdLabels } from '../dataset/crowd-labels';
import type { ImageDataset } from '../dataset/dataset';
import { neededVotes } from '../dataset/ferplus';
import { FerlabError } from '../errors';
import type { RunConfig } from '../run/config';

/** What a network is taught of which images. */
export interface LearntLabels extends CrowdLabels {
  /** Hash of the labels that the raters of FER+ gave; undefined where the data's own are learnt. */
  readonly crowdSha256?: string;
}

/**
 * The labels that a configuration asks for, of the images of the training part that have one.
 * @throws FerlabError when it asks for labels of FER+ and there are none
 */
export function learntLabels(
  { labels: kind }: Pick<RunConfig, 'labels'>,
  dataset: ImageDataset,
  rows: Uint32Array,
): LearntLabels {
  if (kind === undefined) return { rows, labels: dataset.labels, shares: null };
  const problem = `labels: ${kind} needs the votes of FER+, and ${dataset.source.path} has none`;
  if (!dataset.spec.votes) {
    throw new FerlabError(problem, {
      remedy: `train with the labels of ${dataset.spec.title}: leave the field labels out`,
    });
  }
  const learnt = crowdLabels(neededVotes(dataset, problem), dataset, { kind, rows });
  return { ...learnt, crowdSha256: hashOf(learnt) };
}

function hashOf({ rows, labels, shares }: CrowdLabels): string {
  const said = shares ?? Uint8Array.from(rows, (row) => labels[row]!);
  return createHash('sha256').update(rows).update(said).digest('hex');
}
