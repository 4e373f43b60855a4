import { z } from 'zod';
import { EXIT, FerlabError } from '../errors';
import { loadRunPredictions } from '../run/open-run';
import { countHits } from '../run/predictions';
import type { NetworkRun } from '../run/run';
import type { SettingSearch, Study, Variant } from './definition';
import type { FieldValues } from './sweep';

/** What came of a setting that an optimiser asked for. */
export type SettingAnswer = SettingOutcome | SettingFailure;

interface SettingOutcome {
  readonly setting: FieldValues;
  /** Share of the validation images that are recognised: the mean over the runs. */
  readonly accuracy: number;
  readonly runs: readonly { readonly name: string; readonly seed: number; readonly accuracy: number }[];
}

/** A setting that can't be trained, which an optimiser should know of. */
interface SettingFailure {
  readonly setting: unknown;
  readonly error: string;
}

/** Trains the runs of a study; those that are finished are used again. */
export type TrainStudy = (study: Study) => Promise<readonly NetworkRun[]>;

export const isSearch = (study: Study | SettingSearch): study is SettingSearch => 'variantsOf' in study;

/**
 * Trains the settings that an optimiser asks for, one JSON object a line, and answers each. A setting that was asked for
 * before is answered from its finished runs, and one that was stopped is gone on with.
 * @throws FerlabError when something else than the setting keeps it from being trained, such as a signal or a full disk
 */
export async function* answerSettings(
  search: SettingSearch,
  lines: AsyncIterable<string>,
  train: TrainStudy,
): AsyncGenerator<SettingAnswer> {
  for await (const line of lines) if (line.trim() !== '') yield await answerLine(search, line, train);
}

async function answerLine(search: SettingSearch, line: string, train: TrainStudy): Promise<SettingAnswer> {
  let setting: unknown = line;
  try {
    setting = JSON.parse(line);
    const values = checkSetting(search, setting);
    const variants = search.variantsOf(values);
    return outcomeOf(values, variants, await train({ ...search, variants }));
  } catch (error) {
    if (error instanceof SyntaxError) return { setting, error: `not JSON: ${error.message}` };
    if (error instanceof FerlabError && isOfSetting(error)) return { setting, error: error.message };
    throw error;
  }
}

/** Values that are refused, and trainings whose loss is no number any more. */
const isOfSetting = ({ exitStatus }: FerlabError) =>
  exitStatus === EXIT.badInput || exitStatus === EXIT.diverged;

/** @throws FerlabError unless the setting gives the search's fields, all of them and no others */
function checkSetting({ fields }: SettingSearch, setting: unknown): FieldValues {
  const result = z.record(z.string(), z.unknown()).safeParse(setting);
  const given = result.success ? Object.keys(result.data).sort().join(', ') : JSON.stringify(setting);
  const wanted = [...fields].sort().join(', ');
  if (result.success && given === wanted) return result.data;
  throw new FerlabError(`a setting gives ${given} where ${wanted} is needed`);
}

function outcomeOf(
  setting: FieldValues,
  variants: readonly Variant[],
  trained: readonly NetworkRun[],
): SettingOutcome {
  const runs = trained.map((run, i) => {
    const predictions = loadRunPredictions(run, 'validation');
    const accuracy = countHits(predictions) / predictions.labels.length;
    return { name: variants[i]!.name, seed: run.record.config.seed, accuracy };
  });
  return { setting, accuracy: runs.reduce((sum, { accuracy }) => sum + accuracy, 0) / runs.length, runs };
}
