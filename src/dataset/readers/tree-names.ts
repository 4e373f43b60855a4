import { basename } from 'node:path';
import { type DatasetSpec, labelOfName, meaningsOfName, type PartRole, partWithRole } from '../spec';

/** What the folders and the name of a picture say, as codes; -1 for what they don't say. */
export interface NamedPlace {
  readonly label: number;
  /** Whether the class is known by its name rather than by a number. */
  readonly isNamed: boolean;
  readonly part: number;
  /** Why the picture can't be used, or null. */
  readonly problem: string | null;
}

/** What is left of a folder's name for each role, when the data's name and all but letters are gone. */
const ROLE_NAMES: Readonly<Record<PartRole, RegExp>> = {
  training: /^(train|training|trainset|trainingset|traindata|trainingdata)$/,
  validation: /^(val|valid|validate|validation|dev|public|publictest|validationset|validset|valset)$/,
  test: /^(test|testing|private|privatetest|testset|testdata|testingdata)$/,
};

/** Words beside that of a part. */
const FILLERS =
  'x of fer data dataset set split image images img imgs face faces picture pictures folder'.split(' ');

const ROLES: readonly PartRole[] = ['training', 'validation', 'test'];

/** The role that a folder's or a file's name speaks of, such as `Valid` or `train-00000-of-00001`. */
export function roleOfName(name: string): PartRole | null {
  const plain = name
    .replace(/([a-z])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .replace(/fer[-_ ]?2013|fer[-_ ]?plus|fer[+]?(?=[-_ ])/g, ' ')
    .split(/[^a-z]+/)
    .filter((word) => !FILLERS.includes(word))
    .join('');
  return ROLES.find((role) => ROLE_NAMES[role].test(plain)) ?? null;
}

/**
 * Reads class and part from the folders above a picture, in any order and depth: `train/happy/x.png`,
 * `happy/train/x.png`, `train/train/happy/batch1/x.png`.
 * @param folders from the root down; the root's own name first
 */
export function placeOf(folders: readonly string[], spec: DatasetSpec): NamedPlace {
  const below = folders.slice(1).flatMap((folder) => roleOfName(folder) ?? []);
  // The root may bear the name of one part and hold all of them.
  const roles = new Set(
    below.length > 0 ? below : folders.slice(0, 1).flatMap((root) => roleOfName(root) ?? []),
  );
  // A download folder may be called after an emotion: the root's own name counts for the part alone.
  const inner = folders.slice(1);
  const named = new Set(inner.map((folder) => classOfFolder(folder, spec)).filter((label) => label >= 0));
  const numbers = new Set(inner.map((folder) => labelOfNumber(folder, spec)).filter((label) => label >= 0));
  const labels = named.size > 0 ? named : numbers;
  const [role] = roles;
  const [label = -1] = labels;
  const part = role ? partOfRole(role, spec) : -1;
  const problem = problemOf(roles.size, labels.size, folders);
  const isUnsure = problem === NO_CLASS && inner.some((folder) => isAmbiguous(folder, spec));
  return { label, isNamed: named.size > 0, part, problem: isUnsure ? AMBIGUOUS : problem };
}

/** The part whose own name speaks of a role, whatever its role is: `val` may be what everybody tests on. */
export function partOfRole(role: PartRole, spec: DatasetSpec): number {
  const called = spec.parts.findIndex(({ name }) => roleOfName(name) === role);
  return called >= 0 ? called : partWithRole(spec, role);
}

function problemOf(roles: number, labels: number, folders: readonly string[]): string | null {
  if (roles > 1) return `its folders (${folders.join('/')}) name two parts`;
  if (labels > 1) return `its folders (${folders.join('/')}) ${TWO_CLASSES}`;
  return labels === 0 ? NO_CLASS : null;
}

/** Whether a folder's name stands for more than one class. */
export const isAmbiguous = (folder: string, spec: DatasetSpec): boolean =>
  namesOf(folder).some((name) => meaningsOfName(spec, name).length > 0);

/** Why a picture of no class is passed over. */
export const NO_CLASS = 'in no folder of a class';
export const AMBIGUOUS = 'in a folder whose name can mean several classes';
const TWO_CLASSES = 'name two classes';

/** Whether pictures were passed over for the names of their folders. */
export const isOfUnsureClass = (reason: string): boolean =>
  reason === NO_CLASS || reason === AMBIGUOUS || reason.endsWith(TWO_CLASSES);

/** The class that a folder is named for, such as `happy`, `3_happy` or `happy_faces`, or -1. */
export function classOfFolder(folder: string, spec: DatasetSpec): number {
  return Math.max(...namesOf(folder).map((name) => labelOfName(spec, name)));
}

/** The name of a folder, whole, and without a number before it or a word such as `faces` behind it. */
const namesOf = (folder: string): string[] => [
  folder,
  folder.replace(/^\d+[-_. ]+/, '').replace(/[-_ ]+(faces?|images?|imgs?|pictures?)$/i, ''),
];

function labelOfNumber(folder: string, { classes, firstNumber = 0 }: DatasetSpec): number {
  const label = /^\d$/.test(folder) ? Number(folder) - firstNumber : -1;
  return label < classes.length ? label : -1;
}

/** The official part that a file's name begins with, such as `PublicTest_12.jpg`, or -1. */
export function partOfFile(name: string, spec: DatasetSpec): number {
  const file = basename(name).toLowerCase();
  return spec.parts.findIndex((part) => file.startsWith(part.name.toLowerCase()));
}
