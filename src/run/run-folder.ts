import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { loadConfig, type RunConfig, runName } from './config';

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
    environments: join(folder, 'environments.json'),
    history: join(folder, 'history.json'),
    checkpoint: join(folder, 'checkpoint.bin'),
    teacher: join(folder, 'teacher.bin'),
    weights: join(folder, 'weights.bin'),
    final: join(folder, 'final.json'),
    parts: join(folder, 'parts.txt'),
    predictions: (part: 'validation' | 'test') => join(folder, `predictions-${part}.csv`),
  };
}

/**
 * The folder of the finished run that was trained last.
 * @param profile only runs of this profile
 * @throws FerlabError when there is none
 */
export function latestRun(profile?: string): string {
  const latest = runFolders()
    .filter((folder) => existsSync(runFiles(folder).record))
    .filter((folder) => !profile || loadConfig(runFiles(folder).config).profile === profile)
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
