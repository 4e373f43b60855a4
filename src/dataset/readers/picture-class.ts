import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { FerlabError } from '../../errors';
import { type DatasetSpec, labelOfName } from '../spec';
import type { PictureTree } from './tree';
import { AMBIGUOUS, type NamedPlace, NO_CLASS } from './tree-names';

/** Labels of pictures that something else than a folder tells. */
export interface ToldLabels {
  /** The label of a picture, by its path; null where nothing is told of it. */
  readonly of: (name: string) => number | null;
  /** Why a picture of which nothing is told can't be used. */
  readonly missing: string;
}

/**
 * What tells the classes of pictures besides their folders: a list that lies with them, or their names. Null where the data
 * set has neither, or the list is missing.
 * @throws FerlabError for a list that can't be understood
 */
export async function labelsBesideFolders(tree: PictureTree, spec: DatasetSpec): Promise<ToldLabels | null> {
  const { classOf, classList } = spec;
  if (classOf) {
    const named = (name: string) => classOf(name) ?? '';
    return { of: (name) => knownLabel(labelOfName(spec, named(name))), missing: 'the name tells no class' };
  }
  const list = classList && tree.others.find((name) => basename(name) === classList.file);
  if (!list) return null;
  const labels = parseList(await textOf(tree, list), { spec, file: `${tree.path}/${list}` });
  const entryOf = (name: string) => classList.entryOf(basename(name));
  checkOnce(tree, entryOf);
  return { of: (name) => labels.get(entryOf(name)) ?? null, missing: `not in ${list}` };
}

const knownLabel = (label: number) => (label < 0 ? null : label);

/** @throws FerlabError when two pictures are the same entry of a list, as where crops and originals lie together */
function checkOnce(tree: PictureTree, entryOf: (name: string) => string): void {
  const found = new Map<string, string>();
  for (const name of tree.names) {
    const entry = entryOf(name);
    const other = found.get(entry);
    if (other !== undefined) {
      throw new FerlabError(`${tree.path}: ${other} and ${name} are the same entry of the list of classes`, {
        remedy: 'move one of their folders away',
      });
    }
    found.set(entry, name);
  }
}

/** A place with the class that is told besides folders; where a folder names one too, they have to agree. */
export function withToldLabel(place: NamedPlace, told: ToldLabels | null, name: string): NamedPlace {
  if (!told) return place;
  const label = told.of(name);
  if (label === null) return place.isNamed ? place : { ...place, problem: told.missing };
  if (place.isNamed && place.label !== label)
    return { ...place, problem: 'its folder and its name or the list tell different classes' };
  const isOfNoClass = place.problem === NO_CLASS || place.problem === AMBIGUOUS;
  const problem = isOfNoClass ? null : place.problem;
  return { ...place, label, isNamed: true, problem };
}

async function textOf(tree: PictureTree, name: string): Promise<string> {
  const file = await tree.read(name);
  return typeof file === 'string' ? readFile(file, 'utf8') : new TextDecoder().decode(file);
}

/** Labels by the name of an entry; each line is a name and the number of its class. */
function parseList(text: string, { spec, file }: { spec: DatasetSpec; file: string }): Map<string, number> {
  const { firstNumber = 0, classes } = spec;
  const labels = new Map<string, number>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, name, number] = /^\s*(\S+)\s+(\d+)\s*$/.exec(line) ?? [];
    const label = Number(number) - firstNumber;
    const last = firstNumber + classes.length - 1;
    if (name === undefined || !(label >= 0 && label < classes.length))
      throw badLine(
        `${file}, line ${i + 1}`,
        `"${line.slice(0, 60)}" is not a file and a number from ${firstNumber} to ${last}`,
      );
    if (labels.has(name)) throw badLine(`${file}, line ${i + 1}`, `${name} stands twice`);
    labels.set(name, label);
  }
  return labels;
}

const badLine = (place: string, problem: string) =>
  new FerlabError(`${place}: ${problem}`, { remedy: 'restore the list that came with the data set' });
