import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import { loadDataset } from '../dataset/load';
import type { PartedImages } from '../dataset/parted-images';
import { readAnyForm } from '../dataset/readers/read';
import { folderTree } from '../dataset/readers/tree';
import { roleOfName } from '../dataset/readers/tree-names';
import {
  type DatasetSpec,
  type OfficialPart,
  type PartRole,
  partWithRole,
  pixelsPerImage,
} from '../dataset/spec';
import { FerlabError } from '../errors';
import { preparePicture } from '../preprocess/prepare-picture';
import { settleInTurn } from '../settle-all';

/** Images of several parts, and what a report calls each. */
export interface ProtocolImages extends PartedImages {
  /** Where they come from. */
  readonly source: string;
  /** What image `row` is called: the path of its file, or its place in a table. */
  readonly nameOf: (row: number) => string;
  /** Paths of the files; null for tables. */
  readonly files: readonly string[] | null;
}

/** Pictures decoded at once. */
const PARALLEL = 8;

/**
 * Loads images whose parts the data tells: a folder of pictures below folders of parts, or a table with parts.
 * @throws FerlabError as `loadDataset`, and for pictures that lie in no folder of a part
 */
export async function loadDivided(
  path: string,
  spec: DatasetSpec,
  classes?: string,
): Promise<ProtocolImages> {
  const tree = treeOfPictures(path);
  if (tree) return loadPictures(path, tree.names, { spec, parts: partsOfFolders(path, tree.names, spec) });
  return asProtocolImages(await loadDataset({ path, spec, classes }), basename(path));
}

/** The images of a dataset under the parts that it has, or under others. */
export function asProtocolImages(
  { spec, count, images, usages, source }: ImageDataset,
  name: string,
  others: Uint8Array = usages,
): ProtocolImages {
  const nameOf = (row: number) => `row ${row + 1}`;
  return { spec, count, images, usages: others, source: source.path || name, nameOf, files: null };
}

/**
 * Loads a training and a test part that are kept apart: folders of pictures in any depth, or tables.
 * @throws FerlabError when one can't be read, or both are the same
 */
export async function loadPair(training: string, test: string, spec: DatasetSpec): Promise<ProtocolImages> {
  if (training === test) {
    throw new FerlabError(`${training} is given as training part and as test part`, {
      remedy: 'give two files or folders, or the one alone if it tells the parts',
    });
  }
  const [one, other] = [await loadPart(training, spec), await loadPart(test, spec)];
  const images = new Uint8Array(one.images.length + other.images.length);
  images.set(one.images);
  images.set(other.images, one.images.length);
  const isFirst = (row: number) => row < one.count;
  return {
    spec: { side: spec.side, parts: PAIR },
    count: one.count + other.count,
    images,
    usages: Uint8Array.from({ length: one.count + other.count }, (_, row) => (isFirst(row) ? 0 : 1)),
    source: `${training} and ${test}`,
    nameOf: (row) => (isFirst(row) ? one.nameOf(row) : other.nameOf(row - one.count)),
    files: one.files && other.files && [...one.files, ...other.files],
  };
}

const PAIR: readonly OfficialPart[] = [
  { name: 'training', role: 'training' },
  { name: 'test', role: 'test' },
];

async function loadPart(path: string, spec: DatasetSpec): Promise<ProtocolImages> {
  if (!statSync(path, { throwIfNoEntry: false })) {
    throw new FerlabError(`${path}: no such file or folder`, { remedy: 'correct the path' });
  }
  const tree = treeOfPictures(path);
  const parts = new Uint8Array(tree?.names.length ?? 0);
  return tree ? loadPictures(path, tree.names, { spec, parts }) : loadTable(path, spec);
}

/** The pictures of a folder; null for a file, and for a folder without pictures. */
function treeOfPictures(path: string) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return null;
  if (readdirSync(path).some((name) => /\.parquet$/i.test(name))) return null;
  const tree = folderTree(path);
  return tree.names.length === 0 ? null : tree;
}

/** Part of each picture by the folders above it, as codes of the spec. @throws FerlabError where they don't tell */
function partsOfFolders(path: string, names: readonly string[], spec: DatasetSpec): Uint8Array {
  return Uint8Array.from(names, (name) => {
    const roles = name.split(/[\\/]/).slice(0, -1).map(roleOfName);
    const role = roles.find((one): one is PartRole => one !== null);
    const part = role ? partWithRole(spec, role) : -1;
    if (part >= 0) return part;
    throw new FerlabError(`${join(path, name)}: its folders do not say which part of the data it is`, {
      remedy: 'give the parts one by one, with --training and --test',
    });
  });
}

/** A table of one part: whatever it says of parts and of the order of its classes does not matter here. */
async function loadTable(path: string, spec: DatasetSpec): Promise<ProtocolImages> {
  const { name, title, classes, side, showsPeople, citation } = spec;
  const partless = { name, title, classes, side, showsPeople, citation, parts: [] };
  const pieces: Uint8Array[] = [];
  const spill = (images: Uint8Array) => pieces.push(images.slice());
  const { rows } = await readAnyForm(path, { spec: partless, spill, classes: 'official' });
  return {
    spec,
    count: rows.count,
    images: Buffer.concat([...pieces, rows.images]),
    usages: new Uint8Array(rows.count),
    source: path,
    nameOf: (row) => `${path}, row ${row + 1}`,
    files: null,
  };
}

async function loadPictures(
  path: string,
  names: readonly string[],
  { spec, parts }: { spec: DatasetSpec; parts: Uint8Array },
): Promise<ProtocolImages> {
  const size = pixelsPerImage(spec);
  const images = new Uint8Array(names.length * size);
  const files = names.map((name) => join(path, name));
  await settleInTurn(files, PARALLEL, async (file, i) => {
    const { image } = await preparePicture(file, { name: file, side: spec.side });
    images.set(image, i * size);
  });
  return {
    spec,
    count: names.length,
    images,
    usages: parts,
    source: path,
    nameOf: (row) => files[row]!,
    files,
  };
}
