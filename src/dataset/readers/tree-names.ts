import { basename } from 'node:path';
import { type DatasetSpec, labelOfName, type PartRole, partWithRole } from '../spec';

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
  validation: /^(val|valid|validation|dev|public|publictest|validationset|validset|valset)$/,
  test: /^(test|testing|private|privatetest|testset|testdata|testingdata)$/,
};

const ROLES: readonly PartRole[] = ['training', 'validation', 'test'];

/** The role that a folder's or a file's name speaks of, such as `Valid` or `train-00000-of-00001`. */
export function roleOfName(name: string): PartRole | null {
  const plain = name
    .toLowerCase()
    .replace(/fer[-_ ]?2013|fer[-_ ]?plus|fer[+]?(?=[-_ ])/g, '')
    .replace(/[^a-z]/g, '');
  return ROLES.find((role) => ROLE_NAMES[role].test(plain)) ?? null;
}

/**
 * Reads class and part from the folders above a picture, in any order and depth: `train/happy/x.png`,
 * `happy/train/x.png`, `train/train/happy/batch1/x.png`.
 * @param folders from the root down; the root's own name first
 */
export function placeOf(folders: readonly string[], spec: DatasetSpec): NamedPlace {
  const roles = new Set(folders.flatMap((folder) => roleOfName(folder) ?? []));
  const named = new Set(folders.map((folder) => labelOfName(spec, folder)).filter((label) => label >= 0));
  const numbers = new Set(folders.filter((folder) => isClassNumber(folder, spec)).map(Number));
  const labels = named.size > 0 ? named : numbers;
  const [role] = roles;
  const [label = -1] = labels;
  const part = role ? partWithRole(spec, role) : -1;
  return { label, isNamed: named.size > 0, part, problem: problemOf(roles.size, labels.size, folders) };
}

function problemOf(roles: number, labels: number, folders: readonly string[]): string | null {
  if (roles > 1) return `its folders (${folders.join('/')}) name two parts`;
  if (labels > 1) return `its folders (${folders.join('/')}) name two classes`;
  return labels === 0
    ? `in no folder of a class (${folders.slice(1).join('/') || 'the folder itself'})`
    : null;
}

const isClassNumber = (folder: string, { classes }: DatasetSpec) =>
  /^\d$/.test(folder) && Number(folder) < classes.length;

/** The official part that a file's name begins with, such as `PublicTest_12.jpg`, or -1. */
export function partOfFile(name: string, spec: DatasetSpec): number {
  const file = basename(name).toLowerCase();
  return spec.parts.findIndex((part) => file.startsWith(part.name.toLowerCase()));
}
