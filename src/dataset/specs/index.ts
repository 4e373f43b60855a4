import { FerlabError } from '../../errors';
import type { DatasetSpec } from '../spec';
import { AFFECTNET } from './affectnet';
import { CK_PLUS } from './ck-plus';
import { FER2013 } from './fer2013';
import { FERPLUS } from './ferplus';
import { JAFFE } from './jaffe';
import { RAF_DB } from './raf-db';
import { SAMPLE } from './sample';

/** All data sets that are known. To add one: a file beside this one, and a line here. */
export const SPECS: readonly DatasetSpec[] = [FER2013, FERPLUS, CK_PLUS, JAFFE, RAF_DB, AFFECTNET, SAMPLE];

/** The data set of the paper: what a copy is read as unless another one is named. */
export const PAPER_DATASET: DatasetSpec = FER2013;

/** Whether this is the built-in sample, of which everything made from it has to speak. */
export const isSample = ({ name }: Pick<DatasetSpec, 'name'>): boolean => name === SAMPLE.name;

/** The data set with this name, or undefined. */
export function findSpec(name: string): DatasetSpec | undefined {
  return SPECS.find((spec) => spec.name === name);
}

/** The data set with this name. @throws FerlabError for one that is not known */
export function knownSpec(name: string): DatasetSpec {
  const spec = findSpec(name);
  if (spec) return spec;
  throw new FerlabError(`there is no data set "${name}"`, {
    remedy: `known are ${SPECS.map((known) => known.name).join(', ')}`,
  });
}

/** Variables of the environment that hold paths of copies. */
export const dataVariables = (): string[] => [
  ...new Set(SPECS.flatMap(({ files }) => (files ? [files.variable] : []))),
];

/** Whether a data set shows real people. One that nobody knows counts as showing them. */
export function showsPeople(name: string): boolean {
  return findSpec(name)?.showsPeople ?? true;
}
