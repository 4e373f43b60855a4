import type { ImageDataset } from './dataset';
import { findDuplicateGroups } from './duplicates';
import { findSimilar } from './similar';
import { type DatasetSpec, partNames } from './spec';

/** How a copy differs from its original. */
export type CopyKind = 'exact' | 'mirrored' | 're-encoded';

export const COPY_KINDS: readonly CopyKind[] = ['exact', 'mirrored', 're-encoded'];

/** Copies of images of one part in another one. */
export interface Leak {
  readonly kind: CopyKind;
  readonly part: string;
  readonly inPart: string;
  /** Images of `part` that have such a copy; each is counted once, by the closest kind. */
  readonly images: number;
  /** Some pairs of rows, in file order: of `part` and of `inPart`. */
  readonly examples: readonly (readonly [row: number, copy: number])[];
}

const EXAMPLES = 3;

/**
 * Images that lie in more than one part: exact copies, mirrored ones, and copies that went through JPEG or another
 * size. Of a set that has no official parts nothing is said.
 */
export function findLeaks(dataset: ImageDataset, groups = findDuplicateGroups(dataset)): Leak[] {
  const { spec, usages } = dataset;
  if (spec.parts.length === 0) return [];
  const found = new Map<string, { kind: CopyKind; rows: [number, number][] }>();
  const told = new Set<number>();
  const tell = (kind: CopyKind, row: number, copy: number) => {
    // The copy in the earlier part is the original: training comes first.
    const [late, early] = usages[row]! >= usages[copy]! ? [row, copy] : [copy, row];
    if (usages[late] === usages[early] || told.has(late)) return;
    told.add(late);
    const key = `${kind} ${usages[late]} ${usages[early]}`;
    const entry = found.get(key) ?? { kind, rows: [] };
    entry.rows.push([late, early]);
    found.set(key, entry);
  };
  tellExact(dataset, groups, tell);
  findSimilar(dataset, (row, copy, isMirrored) => tell(isMirrored ? 'mirrored' : 're-encoded', row, copy));
  return sorted(spec, dataset, [...found.values()]);
}

type Tell = (kind: CopyKind, row: number, copy: number) => void;

function sorted(
  spec: DatasetSpec,
  { usages }: ImageDataset,
  found: readonly { kind: CopyKind; rows: [number, number][] }[],
): Leak[] {
  const names = partNames(spec);
  return found
    .map(({ kind, rows }) => ({
      kind,
      part: names[usages[rows[0]![0]]!]!,
      inPart: names[usages[rows[0]![1]]!]!,
      images: rows.length,
      examples: rows.sort(([a], [b]) => a - b).slice(0, EXAMPLES),
    }))
    .sort(
      (a, b) =>
        COPY_KINDS.indexOf(a.kind) - COPY_KINDS.indexOf(b.kind) ||
        names.indexOf(a.part) - names.indexOf(b.part) ||
        names.indexOf(a.inPart) - names.indexOf(b.inPart),
    );
}

function tellExact({ spec, usages }: ImageDataset, groups: Uint32Array, tell: Tell): void {
  const parts = spec.parts.length;
  const distinct = groups.reduce((largest, group) => Math.max(largest, group + 1), 0);
  // The first row of each group in each part, or -1.
  const firsts = new Int32Array(distinct * parts).fill(-1);
  for (const [row, group] of groups.entries()) {
    const at = group * parts + usages[row]!;
    if (firsts[at]! < 0) firsts[at] = row;
  }
  for (const [row, group] of groups.entries()) {
    const earlier = firsts.subarray(group * parts, group * parts + usages[row]!).find((first) => first >= 0);
    if (earlier !== undefined) tell('exact', row, earlier);
  }
}
