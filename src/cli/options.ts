import { InvalidArgumentError, Option } from 'commander';
import { PAPER_DATASET, SPECS } from '../dataset/specs';

/** Parses a whole number of a flag. */
export function wholeNumber(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError('a whole number is needed');
  return Number(text);
}

/** Prints a result as one JSON document, for programs. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** `--dataset` of the commands that read data. @param help what is read as the data set that it names */
export function datasetOption(help: string): Option {
  return new Option('--dataset <name>', help).choices(SPECS.map(({ name }) => name));
}

/** Says which profile a command uses if none is given: `quick` on the user's data, `smoke` on the sample. */
export const PROFILE_HELP = `smoke, quick, paper or strong (quick if ${PAPER_DATASET.title} is found, else smoke)`;

/** What `--data` takes. */
export const DATA_HELP = `${PAPER_DATASET.title} in any form that docs/data-forms.md lists; default: $${PAPER_DATASET.files?.variable} or data/`;

/** The published model that is measured where none is named. */
export const DEFAULT_MODEL = 'strong-cnn-seed1';

/** Tells people something beside the result, on stderr. */
export function printNote(note: string): void {
  process.stderr.write(`note: ${note}\n`);
}
