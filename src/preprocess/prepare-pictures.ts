import { FerlabError } from '../errors';
import { type PreparedPicture, preparePicture } from './prepare-picture';

/** Pictures that are decoded at once. */
const PARALLEL = 8;

/** What became of a picture among many: one that can't be read does not keep the others waiting. */
export type PictureOutcome =
  | ({ readonly path: string } & PreparedPicture)
  | { readonly path: string; readonly error: FerlabError };

export const isReady = (outcome: PictureOutcome): outcome is { readonly path: string } & PreparedPicture =>
  !('error' in outcome);

/** Prepares picture files, in their order. */
export async function preparePictures(paths: readonly string[], side: number): Promise<PictureOutcome[]> {
  const outcomes: PictureOutcome[] = [];
  for (let start = 0; start < paths.length; start += PARALLEL) {
    const some = paths.slice(start, start + PARALLEL);
    outcomes.push(...(await Promise.all(some.map((path) => outcomeOf(path, side)))));
  }
  return outcomes;
}

async function outcomeOf(path: string, side: number): Promise<PictureOutcome> {
  try {
    return { path, ...(await preparePicture(path, { name: path, side })) };
  } catch (error) {
    if (error instanceof FerlabError) return { path, error };
    throw error;
  }
}
