import { FerlabError } from '../errors';
import { randomStream } from '../random';
import type { ImageDataset } from './dataset';
import { findDuplicateGroups } from './duplicates';
import { SealedTest } from './sealed-test';
import { type PartRole, partNames } from './spec';

/**
 * How the images are divided: the official parts (where no part is for validation, 15 % of the training part are taken by
 * class, copies together), or the paper's 70/15/15 by class, plain or with exact copies kept together; or five folds of
 * which none shares a person with another.
 */
export type Protocol = 'official' | 'paper' | 'paper-deduplicated' | 'by-subject';

export const PROTOCOLS: readonly Protocol[] = ['official', 'paper', 'paper-deduplicated', 'by-subject'];

/** A division of a dataset. Row numbers ascend within each part. */
export interface Split {
  readonly protocol: Protocol;
  /** Seed of what is drawn; it chooses the fold of `by-subject`. Three official parts ignore it. */
  readonly seed: number;
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  /** The test rows, closed until the final evaluation. */
  readonly test: SealedTest;
}

/** Where training and validation end in the paper's Section IV, as shares of a class; the rest is the test part. */
const PAPER_ENDS = [0.7, 0.85];

/** Where training ends and validation begins in an official training part that has to serve for both. */
const TRAINING_ENDS = [0.85];

/** Folds of `by-subject`: as many seeds in a row test every person once. */
const FOLDS = 5;

/**
 * Divides a dataset.
 * @throws FerlabError when a part has no images, or nobody knows who is seen where that is asked for
 */
export function splitDataset(dataset: ImageDataset, options: { protocol: Protocol; seed: number }): Split {
  const { protocol, seed } = options;
  const parts = partsOf(dataset, options);
  const rows = [0, 1, 2].map((part) => rowsWhere(parts, part)) as [Uint32Array, Uint32Array, Uint32Array];
  const empty = rows.findIndex((part) => part.length === 0);
  if (empty >= 0) {
    throw new FerlabError(`the ${ROLES[empty]} part (${protocol}) has no images`, {
      remedy: remedyFor(dataset, protocol),
    });
  }
  return { protocol, seed, training: rows[0], validation: rows[1], test: new SealedTest(rows[2]) };
}

function rowsWhere(parts: Uint8Array, wanted: number): Uint32Array {
  const rows: number[] = [];
  for (const [row, part] of parts.entries()) if (part === wanted) rows.push(row);
  return Uint32Array.from(rows);
}

const ROLES: readonly PartRole[] = ['training', 'validation', 'test'];

function remedyFor({ spec }: ImageDataset, protocol: Protocol): string {
  if (protocol !== 'official') return 'take more images';
  if (spec.parts.length === 0)
    return `${spec.title} has no official parts: use --protocol paper or by-subject`;
  return `the data must contain images of ${partNames(spec).join(', ')}: use a complete copy, or --protocol paper`;
}

function partsOf(dataset: ImageDataset, options: { protocol: Protocol; seed: number }): Uint8Array {
  if (options.protocol === 'official') return officialParts(dataset, options.seed);
  if (options.protocol === 'by-subject') return partsBySubject(dataset, options.seed);
  return stratifiedParts(dataset, options);
}

const NO_PART = 255;

function officialParts(dataset: ImageDataset, seed: number): Uint8Array {
  const { spec, usages } = dataset;
  const roles = spec.parts.map(({ role }) => ROLES.indexOf(role));
  const parts = usages.map((usage) => roles[usage] ?? NO_PART);
  const hasValidation = roles.length === 0 || roles.includes(ROLES.indexOf('validation'));
  return hasValidation ? parts : withDrawnValidation(dataset, parts, seed);
}

function withDrawnValidation(dataset: ImageDataset, parts: Uint8Array, seed: number): Uint8Array {
  const rows = rowsWhere(parts, ROLES.indexOf('training'));
  const groups = findDuplicateGroups(dataset);
  const labels = Uint8Array.from(rows, (row) => dataset.labels[row]!);
  const dealt = dealGroups(labels, numberedAnew(rows, groups), { seed, ends: TRAINING_ENDS });
  const result = Uint8Array.from(parts);
  for (const [i, row] of rows.entries()) result[row] = dealt[i]!;
  return result;
}

/** Groups of some rows: the position of the first of them in each group. */
function numberedAnew(rows: Uint32Array, groups: Uint32Array): Uint32Array {
  const first = new Map<number, number>();
  return Uint32Array.from(rows, (row, i) => {
    const group = groups[row]!;
    if (!first.has(group)) first.set(group, i);
    return first.get(group)!;
  });
}

/** The people are dealt into folds in an order that no seed changes; one fold is tested, the next one validates. */
function partsBySubject({ spec, subjects }: ImageDataset, seed: number): Uint8Array {
  if (!subjects) {
    throw new FerlabError(`${spec.title}: nothing in this copy tells who is seen`, {
      remedy: 'use --protocol paper-deduplicated',
    });
  }
  const people = [...new Set(subjects)].sort((a, b) => a - b);
  randomStream(0, 'subjects').shuffle(people);
  const folds = new Map(people.map((person, i) => [person, i % FOLDS]));
  return Uint8Array.from(subjects, (person) => {
    const distance = (folds.get(person)! + FOLDS - (((seed % FOLDS) + FOLDS) % FOLDS)) % FOLDS;
    return distance === 0 ? 2 : distance === 1 ? 1 : 0;
  });
}

function stratifiedParts(dataset: ImageDataset, options: { protocol: Protocol; seed: number }): Uint8Array {
  const isPlain = options.protocol === 'paper';
  return dealGroups(dataset.labels, isPlain ? singleGroups(dataset.count) : findDuplicateGroups(dataset), {
    seed: options.seed,
  });
}

/** Each row in a group of its own, [count]. */
export const singleGroups = (count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, row) => row);

/**
 * Part of each row, [labels.length]: by default 0 training, 1 validation, 2 test of the paper's shares. Whole groups are
 * dealt out by the class of their first row, in seeded random order.
 * @param options.ends where each part but the last ends, as a share of the rows of a class
 */
export function dealGroups(
  labels: Uint8Array,
  groups: Uint32Array,
  { seed, ends = PAPER_ENDS }: { seed: number; ends?: readonly number[] },
): Uint8Array {
  const units = rowsByGroup(groups);
  const parts = new Uint8Array(labels.length);
  const classes = labels.reduce((largest, label) => Math.max(largest, label + 1), 0);
  for (let label = 0; label < classes; label++) {
    const ofClass = units.filter((rows) => labels[rows[0]!] === label);
    randomStream(seed, 'split', label).shuffle(ofClass);
    deal(ofClass, parts, ends);
  }
  return parts;
}

function rowsByGroup(groups: Uint32Array): number[][] {
  const units: number[][] = [];
  for (const [row, group] of groups.entries()) {
    const unit = units[group];
    if (unit) unit.push(row);
    else units[group] = [row];
  }
  return units;
}

/** Fills one part after the other, each to its share of the rows. */
function deal(units: readonly (readonly number[])[], parts: Uint8Array, ends: readonly number[]): void {
  const total = units.reduce((sum, rows) => sum + rows.length, 0);
  const counts = ends.map((end) => Math.round(total * end));
  let dealt = 0;
  for (const rows of units) {
    const part = counts.findIndex((count) => dealt < count);
    for (const row of rows) parts[row] = part < 0 ? ends.length : part;
    dealt += rows.length;
  }
}
