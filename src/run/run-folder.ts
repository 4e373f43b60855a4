import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import { isSample } from '../dataset/specs';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { loadConfig, type RunConfig, runName } from './config';

/** Folder of all runs: `$FERLAB_RUNS`, else `runs/`. */
export function runsFolder(): string {
  return process.env.FERLAB_RUNS ?? join(projectRoot(), 'runs');
}

/** Folder of the run with this configuration and data, whether it exists or not. */
export function runFolder(config: RunConfig, dataset: Pick<ImageDataset, 'spec' | 'source'>): string {
  return join(runsFolder(), `${runName(config)}-${dataName(dataset)}`);
}

/** The data in a folder's name: that of the data set, and some digits of the content where it is not the published one. */
function dataName({ spec, source }: Pick<ImageDataset, 'spec' | 'source'>): string {
  const isPublished = isSample(spec) || spec.genuine?.content === source.sha256;
  return isPublished ? spec.name : `${spec.name}-${source.sha256.slice(0, 6)}`;
}

/** Folders of the runs with this configuration, on any data, the last trained first. */
export function finishedRunsOf(config: RunConfig): string[] {
  const name = runName(config);
  return finishedRuns().filter((folder) => {
    const own = basename(folder);
    return own === name || own.startsWith(`${name}-`);
  });
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
    timing: join(folder, 'timing.json'),
    predictions: (part: 'validation' | 'test') => join(folder, `predictions-${part}.csv`),
  };
}

/**
 * The folder of the finished run that was trained last.
 * @param profile only runs of this profile
 * @throws FerlabError when there is none
 */
export function latestRun(profile?: string): string {
  const latest = finishedRuns().find(
    (folder) => !profile || loadConfig(runFiles(folder).config).profile === profile,
  );
  if (latest) return latest;
  throw new FerlabError(`no finished run${profile ? ` of profile ${profile}` : ''} in ${runsFolder()}`, {
    remedy: 'train one with `ferlab train`',
  });
}

/** Folders of all finished runs, the last trained first. */
function finishedRuns(): string[] {
  return runFolders()
    .filter((folder) => existsSync(runFiles(folder).record))
    .map((folder) => ({ folder, time: statSync(runFiles(folder).record).mtimeMs }))
    .sort((a, b) => b.time - a.time)
    .map(({ folder }) => folder);
}

/** All folders of runs, those of studies too (`runs/STUDY/VARIANT`), in the order of their names. */
export function runFolders(): string[] {
  return foldersIn(runsFolder()).flatMap((folder) =>
    existsSync(runFiles(folder).config) ? [folder] : [folder, ...foldersIn(folder)],
  );
}

/** Folders in a folder, in the order of their names; none where it does not exist. */
export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
}
