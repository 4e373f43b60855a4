import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { usableCores } from '../engine/cores';
import { tensorflow } from '../engine/tensorflow';
import { projectRoot } from '../paths';
import { arrayColumns } from '../report/table';
import type { TableLike } from './table';

function packageVersion(name: string): string {
  return require(join(projectRoot(), 'node_modules', name, 'package.json')).version;
}

/** Commit of the checkout, marked when files differ from it; empty where there is no git. */
function commit(): string {
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', projectRoot(), ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`;
  } catch {
    return '';
  }
}

/** What this notebook runs on, for the reader who gets other numbers: versions, processor, backend. */
export function environment(): TableLike {
  const backend = tensorflow().backend() as unknown as {
    binding: { TF_Version: string };
    isUsingGpuDevice?: boolean;
  };
  const processor = cpus()[0]?.model ?? 'unknown';
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  const rows = [
    ['ferlab', `${require(join(projectRoot(), 'package.json')).version} ${commit()}`.trim()],
    ['Node', process.versions.node],
    ['TensorFlow', `${backend.binding.TF_Version}, on the ${backend.isUsingGpuDevice ? 'GPU' : 'CPU'}`],
    ['tfjs-node', packageVersion('@tensorflow/tfjs-node')],
    ['danfojs-node', packageVersion('danfojs-node')],
    ['tslab', packageVersion('tslab')],
    ['processor', `${usableCores()} x ${processor}, ${memory}`],
  ];
  return { columns: arrayColumns(['what', 'version']), rows };
}
