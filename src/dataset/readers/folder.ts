import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { FerlabError } from '../../errors';
import { decodeGrey } from '../../preprocess/decode';
import type { RowCollector } from '../collector';
import { USAGES } from '../dataset';
import { EMOTION_COUNT } from '../emotions';
import { labelOfName } from '../evidence';

/** Pictures decoded at once. */
const PARALLEL = 8;

const PICTURE = new Set(['.jpg', '.jpeg', '.png', '.webp', '.bmp', '.tif', '.tiff']);

/** Names of folders for each of USAGES. */
const PART_NAMES = [
  /^train(ing)?$/i,
  /^(val(id(ation)?)?|public[ _-]?(test)?)$/i,
  /^(test(ing)?|private[ _-]?(test)?)$/i,
];

/** Pictures in folders named by class, in a real folder or in an archive. */
export interface PictureTree {
  /** Named in errors. */
  readonly path: string;
  /** Paths of all files, from the root of the tree. */
  readonly names: readonly string[];
  /** The encoded picture, or where it lies. */
  readonly read: (name: string) => Promise<Uint8Array | string>;
}

interface PictureFile {
  readonly name: string;
  readonly label: number;
  readonly isNamed: boolean;
  readonly usage: number;
  /** Row number in the official file, where the name holds one. */
  readonly row: number;
}

/** The files in a folder and below. */
export function folderTree(path: string): PictureTree {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => isPicture(name) && statSync(join(path, name)).isFile());
  return { path, names: files, read: async (name) => join(path, name) };
}

const isPicture = (name: string) => PICTURE.has(extname(name).toLowerCase());

/**
 * Reads pictures from class folders. Which part a picture belongs to is read from its name (`PublicTest_123.jpg`),
 * else from the folders above (`train`, `validation`, `test`).
 * @returns whether the classes are known by name; else their order has to be decided by the counts
 * @throws FerlabError where there are no class folders, no parts, or a picture can't be decoded
 */
export async function readPictures(tree: PictureTree, collector: RowCollector): Promise<boolean> {
  const pictures = tree.names.filter(isPicture).flatMap((name) => describePicture(tree, name) ?? []);
  if (pictures.length === 0) {
    throw new FerlabError(`${tree.path}: no FER-2013 in it`, {
      remedy:
        'it needs fer2013.csv, train.csv, parquet files, or pictures in folders named angry, disgust, ...',
    });
  }
  pictures.sort((a, b) => a.usage - b.usage || a.row - b.row);
  for (let start = 0; start < pictures.length; start += PARALLEL) {
    const some = pictures.slice(start, start + PARALLEL);
    const decoded = await Promise.all(some.map(({ name }) => decode(tree, name)));
    for (const [i, { label, usage }] of some.entries()) {
      collector.images.set(decoded[i]!, collector.nextOffset);
      collector.add(label, usage);
    }
  }
  return pictures.every(({ isNamed }) => isNamed);
}

async function decode(tree: PictureTree, name: string): Promise<Uint8Array> {
  return decodeGrey(await tree.read(name), join(tree.path, name));
}

function describePicture(tree: PictureTree, name: string): PictureFile | null {
  const folder = basename(dirname(name));
  const named = labelOfName(folder);
  const number = /^\d$/.test(folder) && Number(folder) < EMOTION_COUNT ? Number(folder) : -1;
  const label = named >= 0 ? named : number;
  if (label < 0) return null;
  const usage = usageOf(tree.path, name);
  return { name, label, isNamed: named >= 0, usage, row: Number(/_(\d+)/.exec(basename(name))?.[1] ?? -1) };
}

function usageOf(root: string, name: string): number {
  const file = basename(name).toLowerCase();
  const named = USAGES.findIndex((usage) => file.startsWith(usage.toLowerCase()));
  if (named >= 0) return named;
  const folders = [basename(root), ...dirname(dirname(name)).split(/[\\/]/)].reverse();
  for (const folder of folders) {
    const usage = PART_NAMES.findIndex((names) => names.test(folder));
    if (usage >= 0) return usage;
  }
  throw new FerlabError(
    `${join(root, name)}: neither its name nor its folder says which part of FER-2013 it is`,
    {
      remedy: 'put the class folders below train, validation and test',
    },
  );
}
