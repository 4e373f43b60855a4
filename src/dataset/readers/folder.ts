import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { FerlabError } from '../../errors';
import { preparePicture } from '../../preprocess/prepare-picture';
import type { RowCollector } from '../collector';
import { type DatasetSpec, labelOfName, type PartRole, partNames, partWithRole } from '../spec';

/** Pictures decoded at once. */
const PARALLEL = 8;

const PICTURE = new Set(['.jpg', '.jpeg', '.png', '.webp', '.bmp', '.tif', '.tiff']);

/** Names of folders for each role. */
const PART_NAMES: Readonly<Record<PartRole, RegExp>> = {
  training: /^train(ing)?$/i,
  validation: /^(val(id(ation)?)?|public[ _-]?(test)?)$/i,
  test: /^(test(ing)?|private[ _-]?(test)?)$/i,
};

const ROLES: readonly PartRole[] = ['training', 'validation', 'test'];

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
  readonly subject: string | undefined;
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
  const pictures = tree.names
    .filter(isPicture)
    .flatMap((name) => describePicture(tree, name, collector.spec) ?? []);
  if (pictures.length === 0) {
    throw new FerlabError(`${tree.path}: no ${collector.spec.title} in it`, {
      remedy:
        'it needs fer2013.csv, train.csv, parquet files, or pictures in folders named angry, disgust, ...',
    });
  }
  pictures.sort((a, b) => a.usage - b.usage || a.row - b.row);
  for (let start = 0; start < pictures.length; start += PARALLEL) {
    const some = pictures.slice(start, start + PARALLEL);
    const decoded = await Promise.all(some.map(({ name }) => decode(tree, name, collector.spec)));
    for (const [i, { label, usage, subject }] of some.entries()) {
      collector.images.set(decoded[i]!, collector.nextOffset);
      collector.add(label, usage, subject);
    }
  }
  return pictures.every(({ isNamed }) => isNamed);
}

async function decode(tree: PictureTree, name: string, { side }: DatasetSpec): Promise<Uint8Array> {
  const place = join(tree.path, name);
  return (await preparePicture(await tree.read(name), { name: place, side })).image;
}

function describePicture(tree: PictureTree, name: string, spec: DatasetSpec): PictureFile | null {
  const folder = basename(dirname(name));
  const named = labelOfName(spec, folder);
  const number = /^\d$/.test(folder) && Number(folder) < spec.classes.length ? Number(folder) : -1;
  const label = named >= 0 ? named : number;
  if (label < 0) return null;
  const usage = usageOf(tree.path, name, spec);
  const subject = subjectOf(tree.path, name, spec);
  return {
    name,
    label,
    isNamed: named >= 0,
    usage,
    subject,
    row: Number(/_(\d+)/.exec(basename(name))?.[1] ?? -1),
  };
}

function subjectOf(root: string, name: string, spec: DatasetSpec): string | undefined {
  if (!spec.subjectOf) return undefined;
  const subject = spec.subjectOf(name);
  if (subject !== null) return subject;
  throw new FerlabError(`${join(root, name)}: its name does not say who is seen`, {
    remedy: `give the pictures the names that ${spec.title} gives them`,
  });
}

function usageOf(root: string, name: string, spec: DatasetSpec): number {
  if (spec.parts.length === 0) return 0;
  const file = basename(name).toLowerCase();
  const named = partNames(spec).findIndex((usage) => file.startsWith(usage.toLowerCase()));
  if (named >= 0) return named;
  const folders = [basename(root), ...dirname(dirname(name)).split(/[\\/]/)].reverse();
  for (const folder of folders) {
    const role = ROLES.find((known) => PART_NAMES[known].test(folder));
    if (role) return partWithRole(spec, role);
  }
  throw new FerlabError(
    `${join(root, name)}: neither its name nor its folder says which part of the data it is`,
    {
      remedy: 'put the class folders below train, validation and test',
    },
  );
}
