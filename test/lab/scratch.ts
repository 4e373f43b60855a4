import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageDataset } from '../../src/dataset/dataset';
import { buildSample } from '../../src/dataset/sample';
import { pixelsPerImage } from '../../src/dataset/spec';
import { evaluateFinal } from '../../src/evaluate/final';
import { injectParameters, readNotebook, writeNotebook } from '../../src/notebook/notebook-file';
import { projectRoot } from '../../src/paths';
import { buildConfig } from '../../src/run/profiles';
import { trainRun } from '../../src/train/train';

/** Runs git in a folder and returns what it prints. */
export function git(folder: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: folder, encoding: 'utf8' }).trim();
}

/** A repository of its own with the notebooks as they are here, all committed; they run the smoke profile. */
export function makeScratchRepository(folder: string): void {
  const notebooks = join(folder, 'notebooks');
  mkdirSync(folder, { recursive: true });
  cpSync(join(projectRoot(), 'notebooks'), notebooks, {
    recursive: true,
    filter: (path) => !path.includes('.ipynb_checkpoints'),
  });
  const path = join(notebooks, '04-tables-and-figures.ipynb');
  writeNotebook(path, injectParameters(readNotebook(path), { profile: 'smoke' }));
  cpSync(join(projectRoot(), '.gitignore'), join(folder, '.gitignore'));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'user.name', 'Test');
  git(folder, 'config', 'user.email', 'test@example.org');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'Start');
}

/** Every `step`-th image of each class and part of the synthetic sample. */
function thin(dataset: ImageDataset, step: number): ImageDataset {
  const rows = [...dataset.labels.keys()].filter((row) => Math.floor(row / 7) % step === 0);
  const size = pixelsPerImage(dataset.spec);
  const images = new Uint8Array(rows.length * size);
  for (const [i, row] of rows.entries()) {
    images.set(dataset.images.subarray(row * size, (row + 1) * size), i * size);
  }
  const { source } = dataset;
  return {
    spec: dataset.spec,
    count: rows.length,
    images,
    labels: Uint8Array.from(rows, (row) => dataset.labels[row]!),
    usages: Uint8Array.from(rows, (row) => dataset.usages[row]!),
    source: { ...source, sha256: `${step}${source.sha256.slice(1)}` },
  };
}

/** Trains the run that notebook 4 reports with the smoke profile, on a fifth of the sample, in `$FERLAB_RUNS`. */
export async function trainSmallRun(): Promise<void> {
  const dataset = thin(buildSample({ seed: 0 }), 5);
  const { folder } = await trainRun(buildConfig('smoke', { seed: 1 }), { dataset });
  evaluateFinal(folder, dataset);
}
