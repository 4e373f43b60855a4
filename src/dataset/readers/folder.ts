import { basename, dirname, join } from 'node:path';
import { FerlabError } from '../../errors';
import type { RowCollector } from '../collector';
import type { ReadOutcome } from '../reading';
import { type DatasetSpec, partNames, partWithRole } from '../spec';
import { decodeAll, type PictureFile } from './decode-tree';
import { labelsBesideFolders, type ToldLabels, withToldLabel } from './picture-class';
import { withPictureThreads } from './picture-threads';
import { noteOn, type PictureTree } from './tree';
import { classOfFolder, isOfUnsureClass, partOfFile, placeOf, roleOfName } from './tree-names';

/**
 * Reads pictures from class folders, in any depth. Which part a picture belongs to is read from the folders, where they
 * say it, else from its name (`PublicTest_123.jpg`). Every picture is used, or counted in the notes with the reason.
 * @throws FerlabError where there are no class folders, no parts, a class without pictures while some were passed over,
 * or a picture that can't be decoded
 */
export async function readPictures(tree: PictureTree, collector: RowCollector): Promise<ReadOutcome> {
  const { spec } = collector;
  const { pictures, skipped } = sortPictures(tree, spec, await labelsBesideFolders(tree, spec));
  if (pictures.length === 0) throw nothingIn(tree, spec, skipped);
  checkNoPartVanished(tree, pictures, { spec, skipped });
  checkNoClassVanished(tree, pictures, { spec, skipped });
  checkOneKindOfFolders(tree, pictures);
  pictures.sort((a, b) => a.part - b.part || a.row - b.row || (a.name < b.name ? -1 : 1));
  const decoded = await withPictureThreads(pictures.length, (threads) =>
    decodeAll({ tree, pictures, threads }, collector),
  );
  const inFolders = oneOfEach(pictures);
  return {
    form: 'class folders',
    layout: 'pictures',
    labels: pictures[0]!.isNamed ? 'names' : 'numbers',
    parts: spec.parts.length === 0 ? 'there are none' : 'names of folders and files',
    notes: [
      ...tree.notes,
      ...notesOnPlaces(inFolders, spec),
      ...notesOnParts(inFolders, spec),
      ...notesOnNames(inFolders, spec),
      ...skipped.flatMap(([reason, names]) => noteOn(reason, names)),
      ...decoded,
    ],
  };
}

type Skipped = readonly (readonly [reason: string, names: readonly string[]])[];

function sortPictures(
  tree: PictureTree,
  spec: DatasetSpec,
  told: ToldLabels | null,
): { pictures: PictureFile[]; skipped: Skipped } {
  const skipped = new Map<string, string[]>();
  const skip = (name: string, reason: string) => skipped.set(reason, [...(skipped.get(reason) ?? []), name]);
  const rootName = basename(tree.path).replace(/\.zip$/i, '');
  const placeIn = keptBy(dirname, (name) => placeOf(foldersOf(rootName, name), spec));
  const places = tree.names.map((name) => ({ name, ...withToldLabel(placeIn(name), told, name) }));
  const hasValidation = places.some(({ part }) => part >= 0 && part === partWithRole(spec, 'validation'));
  const pictures = places.flatMap(({ name, label, isNamed, part: fromFolder, problem }) => {
    const part = partOf(name, { fromFolder, hasValidation, spec });
    if (problem || part < 0) {
      skip(name, problem ?? (hasUnknownFolder(name, spec) ? UNKNOWN_PART : NO_PART));
      return [];
    }
    return { name, label, isNamed, part, subject: subjectOf(tree.path, name, spec), row: rowOf(name) };
  });
  return { pictures, skipped: [...skipped] };
}

/** A function of names that is asked once for all names of a kind, such as those in one folder. */
function keptBy<T>(kindOf: (name: string) => string, of: (name: string) => T): (name: string) => T {
  const kept = new Map<string, T>();
  return (name) => {
    const kind = kindOf(name);
    const known = kept.get(kind);
    if (known !== undefined) return known;
    const value = of(name);
    kept.set(kind, value);
    return value;
  };
}

/** Why pictures of no part are passed over: nothing speaks of a part, or a folder may mean one. */
const NO_PART = 'neither folders nor name say which part of the data it is';
const UNKNOWN_PART = 'in a folder of no part that is known';

const hasUnknownFolder = (name: string, spec: DatasetSpec) =>
  foldersOf('', name)
    .slice(1)
    .some((folder) => classOfFolder(folder, spec) < 0 && !/^\d+$/.test(folder));

/** The root first. */
const foldersOf = (rootName: string, name: string) => [
  rootName,
  ...dirname(name)
    .split(/[\\/]/)
    .filter((part) => part !== '.'),
];

const rowOf = (name: string) => Number(/_(\d+)/.exec(basename(name))?.[1] ?? -1);

/** One picture of each folder, part and class: what notes on names have to look at. */
const oneOfEach = (pictures: readonly PictureFile[]): PictureFile[] => [
  ...new Map(
    pictures.map((picture) => [`${dirname(picture.name)} ${picture.part} ${picture.label}`, picture]),
  ).values(),
];

/** Parts may lie in two places, as where an archive was unpacked twice: nobody would see that all are read. */
function notesOnPlaces(pictures: readonly PictureFile[], spec: DatasetSpec): string[] {
  const places = new Set(
    pictures.map(({ name }) => {
      const folders = foldersOf('', name).slice(1);
      const end = folders.findIndex((folder) => roleOfName(folder) !== null);
      return folders
        .slice(0, Math.max(0, end))
        .filter((folder) => classOfFolder(folder, spec) < 0)
        .join('/');
    }),
  );
  return places.size > 1
    ? [`parts lie in several folders, and all are read: ${[...places].slice(0, 3).join(', ')}`]
    : [];
}

/** Folders of several names may stand for one part: one of them may be another part, or an augmented copy. */
function notesOnParts(pictures: readonly PictureFile[], spec: DatasetSpec): string[] {
  const names = spec.parts.map(() => new Map<string, string>());
  for (const { name, part } of pictures) {
    const folder = foldersOf('', name).find((one) => roleOfName(one) !== null);
    if (folder !== undefined) names[part]!.set(folder.toLowerCase(), folder);
  }
  return names
    .filter((some) => some.size > 1)
    .map((some) => `folders of one part, and all are read: ${[...some.values()].join(' and ')}`);
}

/** Folders of several names may stand for one class of a part: whoever had two things in mind should see it. */
function notesOnNames(pictures: readonly PictureFile[], spec: DatasetSpec): string[] {
  const names = new Map<string, Map<string, string>>();
  for (const { name, part, label } of pictures) {
    const folder = foldersOf('', name).findLast((one) => classOfFolder(one, spec) === label);
    const key = `${spec.classes[label]}${part}`;
    if (folder !== undefined)
      names.set(key, (names.get(key) ?? new Map()).set(folder.normalize('NFC').toLowerCase(), folder));
  }
  const several = [...names.values()]
    .filter((some) => some.size > 1)
    .map((some) => [...some.values()].join(' and '));
  return [...new Set(several)].map((some) => `folders of one class, and all are read: ${some}`);
}

interface PartHints {
  readonly fromFolder: number;
  readonly hasValidation: boolean;
  readonly spec: DatasetSpec;
}

/** A user's own folders count, but a folder of all test images may hold both official test parts, told by the names. */
function partOf(name: string, { fromFolder, hasValidation, spec }: PartHints): number {
  if (spec.parts.length === 0) return 0;
  const fromName = partOfFile(name, spec);
  if (fromFolder < 0 || fromName < 0) return Math.max(fromFolder, fromName);
  const test = partWithRole(spec, 'test');
  const isOtherTest = fromFolder === test && fromName === partWithRole(spec, 'validation');
  return isOtherTest && !hasValidation ? fromName : fromFolder;
}

function subjectOf(root: string, name: string, spec: DatasetSpec): string | undefined {
  if (!spec.subjectOf) return undefined;
  const subject = spec.subjectOf(name);
  if (subject !== null) return subject;
  throw new FerlabError(`${join(root, name)}: its name does not identify the person`, {
    remedy: `give the pictures their original names from ${spec.title}`,
  });
}

const describeSkipped = (skipped: Skipped) =>
  skipped.flatMap(([reason, names]) => noteOn(reason, names)).join('; ');

function nothingIn(tree: PictureTree, spec: DatasetSpec, skipped: Skipped): FerlabError {
  const reasons = [...(skipped.length > 0 ? [describeSkipped(skipped)] : []), ...tree.notes];
  const found = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  const onlyParts =
    skipped.length > 0 && skipped.every(([reason]) => reason === NO_PART || reason === UNKNOWN_PART);
  return new FerlabError(`${tree.path}: no ${spec.title} in it${found}`, {
    remedy: onlyParts
      ? 'put the folders of the classes into folders train, validation and test, or all of them into one called train and use --protocol paper'
      : `it needs a CSV, parquet files, or folders ${spec.parts.length > 0 ? 'train, validation and test of folders ' : ''}named ${spec.classes.slice(0, 2).join(', ')}, ...`,
  });
}

/** A class without a picture is likely to lie in a folder of another name. */
function checkNoClassVanished(
  tree: PictureTree,
  pictures: readonly PictureFile[],
  { spec, skipped }: { spec: DatasetSpec; skipped: Skipped },
): void {
  const empty = spec.classes.filter((_, label) => pictures.every((picture) => picture.label !== label));
  const outside = skipped.filter(([reason]) => isOfUnsureClass(reason));
  if (empty.length === 0 || outside.length === 0) return;
  if (areNumberedFromOne(tree.names, spec)) {
    throw new FerlabError(`${tree.path}: the folders of the classes are numbered from 1`, {
      remedy: `name them ${spec.classes.join(', ')}, as the numbers of ${spec.title} begin at 0`,
    });
  }
  throw new FerlabError(`${tree.path}: no picture of ${empty.join(', ')}, and ${describeSkipped(outside)}`, {
    remedy: `name the folders ${spec.classes.join(', ')}, or move the others away`,
  });
}

/** @throws FerlabError where some folders of classes are names and others numbers: nobody knows whether they agree */
function checkOneKindOfFolders(tree: PictureTree, pictures: readonly PictureFile[]): void {
  const [named, numbered] = [true, false].map((kind) => pictures.find(({ isNamed }) => isNamed === kind));
  if (!named || !numbered) return;
  throw new FerlabError(
    `${tree.path}: the class of ${named.name} is a name, and that of ${numbered.name} a number`,
    { remedy: 'name all folders of classes, or number all of them' },
  );
}

/** @throws FerlabError when a part has no picture and some lie in a folder that may mean it, such as `eval` */
function checkNoPartVanished(
  tree: PictureTree,
  pictures: readonly PictureFile[],
  { spec, skipped }: { spec: DatasetSpec; skipped: Skipped },
): void {
  const outside = skipped.filter(([reason]) => reason === UNKNOWN_PART);
  const empty = partNames(spec).filter((_, part) => pictures.every((picture) => picture.part !== part));
  if (outside.length === 0 || empty.length === 0) return;
  throw new FerlabError(`${tree.path}: no picture of ${empty.join(', ')}, and ${describeSkipped(outside)}`, {
    remedy: 'name the folders of the parts train, validation and test, or move the others away',
  });
}

/** Whether the folders have the numbers 1 to 7, say, and none is 0. */
function areNumberedFromOne(names: readonly string[], { classes, firstNumber = 0 }: DatasetSpec): boolean {
  if (firstNumber > 0) return false;
  const folders = new Set(names.map((name) => basename(dirname(name))));
  return folders.has(String(classes.length)) && !folders.has('0');
}
