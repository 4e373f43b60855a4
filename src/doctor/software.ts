import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../paths';
import { type DoctorCheck, type DoctorOutcome, failed, passed, SET_UP_AGAIN } from './check';

/** The versions of Node with which everything works; see `engines` in package.json. */
export function nodeVersion(version: string = process.versions.node): DoctorOutcome {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const serves = (major === 20 && minor >= 19) || (major === 22 && minor >= 12);
  return serves
    ? passed(version)
    : failed(version, 'install Node 20.19 or a later 20.x, or Node 22.12 or later');
}

// One copy of each may be in the tree: two would be two engines, each with tensors that the other does not know.
const SINGLE = ['tfjs-core', 'tfjs', 'tfjs-node', 'tfjs-node-gpu'];

/** Folders, relative to the project, in which these packages of TensorFlow lie physically. */
export function tensorflowCopies(root: string = projectRoot()): string[] {
  const record = join(root, 'node_modules/.package-lock.json');
  const { packages } = JSON.parse(readFileSync(record, 'utf8')) as { packages: Record<string, object> };
  return Object.keys(packages).filter(
    (path) =>
      SINGLE.some((name) => path.endsWith(`node_modules/@tensorflow/${name}`)) &&
      existsSync(join(root, path)),
  );
}

/** The file that Danfo computes with, and the one that we do. */
export function tensorflowEntries(root: string = projectRoot()): { danfo: string; ours: string } {
  const ofRoot = createRequire(join(root, 'package.json'));
  const ofDanfo = createRequire(ofRoot.resolve('danfojs-node'));
  const name = '@tensorflow/tfjs-node';
  return { danfo: ofDanfo.resolve(name), ours: ofRoot.resolve(name) };
}

function oneTensorflow(): DoctorOutcome {
  const copies = tensorflowCopies();
  const remedy = 'delete node_modules and run `npm run setup`';
  const names = copies.map((path) => path.slice(path.lastIndexOf('/') + 1));
  const node = names.filter((name) => name.startsWith('tfjs-node')).length;
  if (new Set(names).size < names.length || node !== 1)
    return failed(`several copies: ${copies.join(', ')}`, remedy);
  const { danfo, ours } = tensorflowEntries();
  return danfo === ours ? passed('one copy, shared with Danfo') : failed(`Danfo uses ${danfo}`, remedy);
}

async function addon(): Promise<DoctorOutcome> {
  const tf = await import('@tensorflow/tfjs-node');
  const { binding } = tf.backend() as unknown as { binding?: { TF_Version: string } };
  return binding
    ? passed(`TensorFlow ${binding.TF_Version}`)
    : failed('the TensorFlow addon is not in use', SET_UP_AGAIN);
}

export const softwareChecks: readonly DoctorCheck[] = [
  { name: 'Node', run: () => nodeVersion() },
  { name: 'one tfjs', run: oneTensorflow },
  { name: 'TensorFlow addon', run: addon },
];
