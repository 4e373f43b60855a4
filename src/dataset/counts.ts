import { sumOf } from '../sum';
import type { CollectedRows } from './collector';
import { type DatasetSpec, partNames } from './spec';

export type LabelledRows = Pick<CollectedRows, 'spec' | 'count' | 'labels' | 'usages'>;

/** Images by [label][part]; of one column where there are no official parts. */
export function countByClass(rows: LabelledRows): number[][] {
  const { classes, parts } = rows.spec;
  const columns = Math.max(1, parts.length);
  const counts = classes.map(() => new Array<number>(columns).fill(0));
  for (let i = 0; i < rows.count; i++) counts[rows.labels[i]!]![rows.usages[i]!]!++;
  return counts;
}

const number = (value: number) => value.toLocaleString('en');

/**
 * What differs from the official counts, in one sentence: the parts whose size differs, and the classes that differ in
 * parts of the right size. Null where nothing differs, or nothing is official.
 */
export function differencesFromOfficial(rows: LabelledRows): string | null {
  const official = rows.spec.officialCounts;
  if (!official) return null;
  const counts = countByClass(rows);
  const names = rows.spec.parts.length > 0 ? partNames(rows.spec) : ['the copy'];
  const differences = names.flatMap((name, part) =>
    differencesOfPart(rows.spec, name, [counts.map((row) => row[part]!), official.map((row) => row[part]!)]),
  );
  if (differences.length === 0) return null;
  return `differs from the official ${rows.spec.title}: ${differences.join('; ')}`;
}

function differencesOfPart(
  { classes }: DatasetSpec,
  name: string,
  [counts, official]: readonly [readonly number[], readonly number[]],
): string[] {
  const [size, expected] = [sumOf(counts), sumOf(official)];
  if (size !== expected) return [`${name} has ${number(size)} images, not ${number(expected)}`];
  const classesOf = classes.filter((_, label) => counts[label] !== official[label]);
  return classesOf.length > 0 ? [`${name} has other counts of ${classesOf.join(', ')}`] : [];
}

/**
 * The official part, or parts together, whose counts of every class are exactly those of one part of the data, where
 * that is another part than it is said to be; null where there is none.
 */
export function mistakenPart(rows: LabelledRows): { part: string; is: string } | null {
  const official = rows.spec.officialCounts;
  if (!official) return null;
  const counts = countByClass(rows);
  const names = partNames(rows.spec);
  for (const [part, name] of names.entries()) {
    const own = counts.map((row) => row[part]!);
    if (sumOf(own) === 0) continue;
    for (const candidate of combinations(names.length)) {
      const isSame = own.every((count, label) => count === sumOf(candidate.map((k) => official[label]![k]!)));
      if (isSame && !candidate.includes(part))
        return { part: name, is: candidate.map((k) => names[k]).join(' and ') };
    }
  }
  return null;
}

/** All sets of at least one of some parts. */
function combinations(count: number): number[][] {
  const all = [...Array(count).keys()];
  return Array.from({ length: 2 ** count - 1 }, (_, i) => all.filter((part) => ((i + 1) >> part) & 1));
}
