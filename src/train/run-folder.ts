import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { EXIT, FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { checkConfig, type RunConfig, runName } from './config';
import { explainWriteFailure } from './tensor-file';

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
    weights: join(folder, 'weights.bin'),
    final: join(folder, 'final.json'),
    lock: join(folder, 'lock'),
    predictions: (part: 'validation' | 'test') => join(folder, `predictions-${part}.csv`),
  };
}

/** Writes JSON beside its place, then renames. @throws FerlabError when the disk is full */
export function saveJson(path: string, value: unknown): void {
  try {
    writeFileAtomic.sync(path, `${JSON.stringify(value, null, 2)}\n`);
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
      remedy: 'train the run again',
      cause: error,
    });
  }
}

/** @throws FerlabError when the folder holds no run */
export function loadConfig(folder: string): RunConfig {
  const { config } = runFiles(folder);
  if (!existsSync(config)) {
    throw new FerlabError(`${folder}: no run in this folder`, { remedy: 'train one with `ferlab train`' });
  }
  return checkConfig(loadJson(config), config);
}

/**
 * The folder of the run that was trained last.
 * @throws FerlabError when there is none
 */
export function latestRun(profile?: string): string {
  const folders = existsSync(runsFolder())
    ? readdirSync(runsFolder()).map((name) => join(runsFolder(), name))
    : [];
  const trained = folders
    .filter((folder) => existsSync(runFiles(folder).weights))
    .filter((folder) => !profile || loadConfig(folder).profile === profile)
    .map((folder) => ({ folder, time: statSync(runFiles(folder).record).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  if (!trained[0]) {
    throw new FerlabError(`no trained run${profile ? ` of profile ${profile}` : ''} in ${runsFolder()}`, {
      remedy: 'train one with `ferlab train`',
    });
  }
  return trained[0].folder;
}

/**
 * Makes the run's folder and claims it for this process.
 * @returns releases the claim
 * @throws FerlabError while another process trains in it
 */
export function claimFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw explainWriteFailure(folder, error);
  }
  const { lock } = runFiles(folder);
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw explainWriteFailure(lock, error);
    const owner = Number(readFileSync(lock, 'utf8'));
    if (isAlive(owner)) {
      throw new FerlabError(`${folder}: process ${owner} is training in this folder`, {
        remedy: 'wait for it, stop it, or choose another seed',
        exitStatus: EXIT.failure,
      });
    }
    writeFileSync(lock, String(process.pid)); // its owner was killed
  }
  return () => rmSync(lock, { force: true });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
