import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageDataset } from '../../src/dataset/dataset';
import { loadDataset } from '../../src/dataset/load';
import { FerlabError } from '../../src/errors';
import { keyOf, PIXELS, type Row } from './truth';
import type { Expectation, Try } from './try';

/** Longest message that a terminal should get. */
const MOST_CHARACTERS = 2000;

/** Tries an input in a folder and a cache of its own. @returns what is wrong with what became of it, or null */
export async function faultOf(input: Try): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-fuzz-'));
  const before = process.env.FERLAB_CACHE;
  process.env.FERLAB_CACHE = join(folder, 'cache');
  try {
    const path = await input.write(folder);
    return await faultOfPath(path, input);
  } finally {
    if (before === undefined) delete process.env.FERLAB_CACHE;
    else process.env.FERLAB_CACHE = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function faultOfPath(path: string, { expectation, classes }: Try): Promise<string | null> {
  const load = () => loadDataset({ path, classes, onNote: () => undefined });
  let dataset: ImageDataset;
  try {
    dataset = await load();
  } catch (error) {
    return faultOfRefusal(error, path, expectation);
  }
  const wrong = faultOfRows(dataset, expectation);
  if (wrong) return wrong;
  const again = await load();
  if (again.source.sha256 !== dataset.source.sha256) return 'the cache gives other rows';
  return leftIn(process.env.FERLAB_CACHE!, 1);
}

function faultOfRefusal(error: unknown, path: string, { kind }: Expectation): string | null {
  if (!(error instanceof FerlabError)) return `a crash: ${(error as Error)?.stack ?? error}`;
  const { message, remedy, exitStatus } = error;
  const told = JSON.stringify(message.slice(0, 300));
  if (kind === 'read') return `refused: ${told}`;
  if (exitStatus !== 2) return `exit status ${exitStatus}: ${told}`;
  if (!remedy) return `no remedy: ${told}`;
  if (!message.includes(path)) return `the path is not named: ${told}`;
  if (message.length > MOST_CHARACTERS) return `a message of ${message.length} characters: ${told}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal would obey
  if (/[\x00-\x1f\x7f-\x9f]/.test(message + remedy)) return `control bytes in the message: ${told}`;
  return leftIn(process.env.FERLAB_CACHE!, 0);
}

/** Whether nothing half-written lies in the cache. */
function leftIn(cache: string, whole: number): string | null {
  const names = existsSync(cache) ? readdirSync(cache) : [];
  return names.length === whole ? null : `the cache holds ${names.join(', ') || 'nothing'}`;
}

function faultOfRows(dataset: ImageDataset, expectation: Expectation): string | null {
  if (expectation.kind === 'survives') return null;
  if (expectation.kind === 'refused') return `read: ${dataset.count} rows that have to be refused`;
  const read = rowsOf(dataset).map(keyOf);
  const wanted = expectation.rows.map(keyOf);
  if (expectation.kind === 'read') {
    const isOrdered = expectation.inOrder ?? false;
    const [a, b] = isOrdered ? [read, wanted] : [read.sort(), wanted.sort()];
    return a.join() === b.join() ? null : differenceOf(a, b);
  }
  const { isOrderAssumed, notes } = dataset.reading!;
  if (isOrderAssumed) return null; // said aloud
  const strange = read.filter((key) => !wanted.includes(key));
  if (strange.length > 0) return `${strange.length} of ${read.length} rows were never written`;
  const isSilent = read.length < wanted.length && notes.length === 0;
  return isSilent ? `${wanted.length - read.length} rows vanished without a note` : null;
}

const differenceOf = (read: readonly string[], wanted: readonly string[]) =>
  `other rows: ${read.length} for ${wanted.length}, the first other one is ${[...wanted.keys()].find((i) => read[i] !== wanted[i]) ?? wanted.length}`;

const rowsOf = ({ count, labels, usages, images }: ImageDataset): Row[] =>
  Array.from({ length: count }, (_, row) => ({
    label: labels[row]!,
    part: usages[row]!,
    pixels: images.slice(row * PIXELS, (row + 1) * PIXELS),
  }));
