import { FerlabError } from '../errors';
import { runName } from '../run/config';
import type { Study, Variant } from './definition';

/** One line of a plan: a run that any machine may train. */
export interface PlannedRun {
  /** From 0: the index in an array of jobs. */
  readonly number: number;
  readonly name: string;
  /** Profile, protocol, seed and hash of the configuration: equal names compute the same. */
  readonly run: string;
}

/** The runs of a study; they do not depend on each other. */
export function planOf({ variants }: Study): PlannedRun[] {
  return variants.map(({ name, config }, number) => ({ number, name, run: runName(config) }));
}

/**
 * The study with those variants alone that are named, by number or by name.
 * @throws FerlabError when a word names none
 */
export function only(study: Study, words: readonly string[]): Study {
  return { ...study, variants: words.map((word) => find(study, word)) };
}

function find({ name, variants }: Study, word: string): Variant {
  const found = variants.find((variant, number) => variant.name === word || String(number) === word);
  if (found) return found;
  const names = variants.map((variant) => variant.name).join(', ');
  throw new FerlabError(`the study ${name} has no run "${word}"`, {
    remedy: `give a number from 0 to ${variants.length - 1}, or one of ${names}`,
  });
}
