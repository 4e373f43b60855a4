import type { DatasetSpec } from '../spec';
import { FER2013 } from './fer2013';
import { SAMPLE } from './sample';

/** All data sets that are known. To add one: a file beside this one, and a line here. */
export const SPECS: readonly DatasetSpec[] = [FER2013, SAMPLE];

/** The data set with this name, or undefined. */
export function findSpec(name: string): DatasetSpec | undefined {
  return SPECS.find((spec) => spec.name === name);
}

/** Whether a data set shows real people. One that nobody knows counts as showing them. */
export function showsPeople(name: string): boolean {
  return findSpec(name)?.showsPeople ?? true;
}
