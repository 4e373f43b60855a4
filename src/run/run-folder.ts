import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { explainWriteFailure, writeWhole } from '../write-whole';
import { type RunConfig, runName } from './config';

/** Folder of all runs: `$FERLAB_RUNS`, else `runs/`. */
export function runsFolder(): string {
  return process.env.FERLAB_RUNS ?? join(projectRoot(), 'runs');
}

/** Folder of the run with this configuration, whether it exists or not. */
export function runFolder(config: RunConfig): string {
  return join(runsFolder(), runName(config));
}

/** Paths of the files in a run's folder. */
export function runFiles(folder: string) {
  return {
    config: join(folder, 'config.json'),
    record: join(folder, 'record.json'),
    history: join(folder, 'history.json'),
    checkpoint: join(folder, 'checkpoint.bin'),
    teacher: join(folder, 'teacher.bin'),
    weights: join(folder, 'weights.bin'),
    final: join(folder, 'final.json'),
    predictions: (part: 'validation' | 'test') => join(folder, `predictions-${part}.csv`),
  };
}

/** Writes JSON beside its place, then renames. @throws FerlabError when the disk is full */
export function saveJson(path: string, value: unknown): void {
  try {
    writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
  } catch (error) {
    throw explainWriteFailure(path, error);
  }
}

/** @throws FerlabError when the file is missing or no JSON */
export function loadJson<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    throw new FerlabError(`${path}: ${(error as Error).message}`, {
      remedy: 'correct the file; one of a run comes back when it is trained again',
      cause: error,
    });
  }
}

/**
 * The folder of the finished run that was trained last.
 * @param profile only runs of this profile
 * @throws FerlabError when there is none
 */
export function latestRun(profile?: string): string {
  const latest = runFolders()
    .filter((folder) => existsSync(runFiles(folder).record))
    .filter((folder) => !profile || loadJson<RunConfig>(runFiles(folder).config).profile === profile)
    .map((folder) => ({ folder, time: statSync(runFiles(folder).record).mtimeMs }))
    .sort((a, b) => b.time - a.time)[0];
  if (latest) return latest.folder;
  throw new FerlabError(`no finished run${profile ? ` of profile ${profile}` : ''} in ${runsFolder()}`, {
    remedy: 'train one with `ferlab train`',
  });
}

/** All folders below the folder of runs, in the order of their names. */
export function runFolders(): string[] {
  if (!existsSync(runsFolder())) return [];
  return readdirSync(runsFolder())
    .sort()
    .map((name) => join(runsFolder(), name));
}
