import { type DatasetSpec, type PartRole, partWithRole } from '../../dataset/spec';
import type { RunConfig } from '../../run/config';

/** A number with thousands separated by commas. */
export const number = (value: number) => value.toLocaleString('en');

/** A share in percent, with two decimals. */
export const percentText = (share: number) => (100 * share).toFixed(2);

/** How the images were divided at random, in words. */
const PROTOCOL_WORDS: Readonly<Record<Exclude<RunConfig['protocol'], 'official'>, string>> = {
  paper: "the paper's random 70/15/15 split within classes, exact copies not kept together",
  'paper-deduplicated': 'random 70/15/15 split within classes, exact copies kept in one part',
  'by-subject': 'five folds by subject, one for testing and one for validation, with each person in one fold',
};

/** How the images were divided, in words. */
export function protocolWords(protocol: RunConfig['protocol'], spec: DatasetSpec): string {
  if (protocol !== 'official') return PROTOCOL_WORDS[protocol];
  const part = (role: PartRole) => spec.parts[partWithRole(spec, role)]?.name;
  return `official parts: fitted on ${part('training')}, chosen on ${part('validation')}, tested once on ${part('test')}`;
}

/** What the probabilities of an image are computed from, after *a prediction is*. */
export const VIEW_WORDS: Readonly<Record<RunConfig['testTimeViews'], string>> = {
  single: 'computed from the image itself',
  mirror: 'the mean over the image and its mirror image',
  'mirror-and-shifts':
    'the mean over the image and its mirror image, each also shifted by 2 pixels in four directions',
  'mirror-shifts-and-turns':
    'the mean over the image, its shifts by 2 pixels in four directions, its rotations by 4° to either side, and the mirror images of all of these',
};
