import { basename, dirname, join } from 'node:path';
import { FerlabError } from '../../errors';
import { preparePicture } from '../../preprocess/prepare-picture';
import type { RowCollector } from '../collector';
import type { ReadOutcome } from '../reading';
import { type DatasetSpec, partWithRole } from '../spec';
import { noteOn, type PictureTree } from './tree';
import { partOfFile, placeOf } from './tree-names';

/** Pictures decoded at once. */
const PARALLEL = 8;

interface PictureFile {
  readonly name: string;
  readonly label: number;
  readonly isNamed: boolean;
  readonly part: number;
  readonly subject: string | undefined;
  /** Row number in the official file, where the name holds one. */
  readonly row: number;
}

/**
 * Reads pictures from class folders, in any depth. Which part a picture belongs to is read from the folders, where they
 * say it, else from its name (`PublicTest_123.jpg`). Every picture is used, or counted in the notes with the reason.
 * @throws FerlabError where there are no class folders, no parts, a class without pictures while some were passed over,
 * or a picture that can't be decoded
 */
export async function readPictures(tree: PictureTree, collector: RowCollector): Promise<ReadOutcome> {
  const { spec } = collector;
  const { pictures, skipped } = sortPictures(tree, spec);
  if (pictures.length === 0) throw nothingIn(tree, spec, skipped);
  checkNoClassVanished(tree, pictures, { spec, skipped });
  pictures.sort((a, b) => a.part - b.part || a.row - b.row || (a.name < b.name ? -1 : 1));
  const decoded = await decodeAll(tree, pictures, collector);
  return {
    form: 'class folders',
    layout: 'pictures',
    labels: pictures.every(({ isNamed }) => isNamed) ? 'names' : 'numbers',
    parts: spec.parts.length === 0 ? 'there are none' : 'names of folders and files',
    notes: [...tree.notes, ...skipped.flatMap(([reason, names]) => noteOn(reason, names)), ...decoded],
  };
}

type Skipped = readonly (readonly [reason: string, names: readonly string[]])[];

function sortPictures(tree: PictureTree, spec: DatasetSpec): { pictures: PictureFile[]; skipped: Skipped } {
  const skipped = new Map<string, string[]>();
  const skip = (name: string, reason: string) => skipped.set(reason, [...(skipped.get(reason) ?? []), name]);
  const rootName = basename(tree.path).replace(/\.zip$/i, '');
  const places = tree.names.map((name) => ({ name, ...placeOf(foldersOf(rootName, name), spec) }));
  const hasValidation = places.some(({ part }) => part >= 0 && part === partWithRole(spec, 'validation'));
  const pictures = places.flatMap(({ name, label, isNamed, part: fromFolder, problem }) => {
    const part = partOf(name, { fromFolder, hasValidation, spec });
    if (problem || part < 0) {
      skip(name, problem ?? 'neither folders nor name say which part of the data it is');
      return [];
    }
    return { name, label, isNamed, part, subject: subjectOf(tree.path, name, spec), row: rowOf(name) };
  });
  return { pictures, skipped: [...skipped] };
}

/** The root's own name counts for the part alone: a download folder may be called after an emotion. */
const foldersOf = (rootName: string, name: string) => [
  rootName,
  ...dirname(name)
    .split(/[\\/]/)
    .filter((part) => part !== '.'),
];

const rowOf = (name: string) => Number(/_(\d+)/.exec(basename(name))?.[1] ?? -1);

interface PartHints {
  readonly fromFolder: number;
  readonly hasValidation: boolean;
  readonly spec: DatasetSpec;
}

/** A user's own folders count, but a folder of all test images may hold both official test parts, told by the names. */
function partOf(name: string, { fromFolder, hasValidation, spec }: PartHints): number {
  if (spec.parts.length === 0) return 0;
  const fromName = partOfFile(name, spec);
  if (fromFolder < 0) return fromName;
  const test = partWithRole(spec, 'test');
  const isOtherTest = fromFolder === test && fromName === partWithRole(spec, 'validation');
  return isOtherTest && !hasValidation ? fromName : fromFolder;
}

function subjectOf(root: string, name: string, spec: DatasetSpec): string | undefined {
  if (!spec.subjectOf) return undefined;
  const subject = spec.subjectOf(name);
  if (subject !== null) return subject;
  throw new FerlabError(`${join(root, name)}: its name does not say who is seen`, {
    remedy: `give the pictures the names that ${spec.title} gives them`,
  });
}

const describeSkipped = (skipped: Skipped) =>
  skipped.flatMap(([reason, names]) => noteOn(reason, names)).join('; ');

function nothingIn(tree: PictureTree, spec: DatasetSpec, skipped: Skipped): FerlabError {
  const found = skipped.length > 0 ? ` (${describeSkipped(skipped)})` : '';
  return new FerlabError(`${tree.path}: no ${spec.title} in it${found}`, {
    remedy: `it needs a CSV, parquet files, or folders ${spec.parts.length > 0 ? 'train, validation and test of folders ' : ''}named ${spec.classes.slice(0, 2).join(', ')}, ...`,
  });
}

/** A class without a picture is likely to lie in a folder of another name. */
function checkNoClassVanished(
  tree: PictureTree,
  pictures: readonly PictureFile[],
  { spec, skipped }: { spec: DatasetSpec; skipped: Skipped },
): void {
  const empty = spec.classes.filter((_, label) => pictures.every((picture) => picture.label !== label));
  const outside = skipped.filter(([reason]) => reason.startsWith('in no folder of a class'));
  if (empty.length === 0 || outside.length === 0) return;
  throw new FerlabError(`${tree.path}: no picture of ${empty.join(', ')}, and ${describeSkipped(outside)}`, {
    remedy: `name the folders ${spec.classes.join(', ')}, or move the others away`,
  });
}

/** Decodes all pictures into the collector. @returns what was unusual in them */
async function decodeAll(
  tree: PictureTree,
  pictures: readonly PictureFile[],
  collector: RowCollector,
): Promise<string[]> {
  const unusual = new Map<string, string[]>();
  for (let start = 0; start < pictures.length; start += PARALLEL) {
    const some = pictures.slice(start, start + PARALLEL);
    const decoded = await Promise.all(some.map(({ name }) => decode(tree, name, collector.spec)));
    for (const [i, { name, label, part, subject }] of some.entries()) {
      const { image, notes } = decoded[i]!;
      for (const note of notes) unusual.set(note, [...(unusual.get(note) ?? []), name]);
      collector.images.set(image, collector.nextOffset);
      collector.add(label, part, subject);
    }
  }
  return [...unusual].map(([note, names]) => `${note}: ${names.length} (${names.slice(0, 3).join(', ')})`);
}

async function decode(tree: PictureTree, name: string, { side }: DatasetSpec) {
  return preparePicture(await tree.read(name), { name: join(tree.path, name), side });
}
