import { findDuplicateGroups } from './duplicates';
import type { PartedImages } from './parted-images';
import { findSimilar } from './similar';

/** How a copy differs from its original. */
export type CopyKind = 'exact' | 'mirrored' | 're-encoded' | 'resized' | 'mirrored and resized';

export const COPY_KINDS: readonly CopyKind[] = [
  ...(['exact', 'mirrored', 're-encoded', 'resized', 'mirrored and resized'] as const),
];

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

/** An image that lies in an earlier part too. */
export interface CopyAcross {
  readonly kind: CopyKind;
  readonly row: number;
  /** Its copy in the earlier part. */
  readonly copy: number;
}

export interface CopyOptions {
  /** Groups of exact copies, once somebody has looked; see `findDuplicateGroups`. */
  readonly groups?: Uint32Array;
  /** Look for copies of another size or slightly different crop too. */
  readonly resized?: boolean;
}

/**
 * Each image outside the first part with one copy in an earlier part, if it has any: the closest kind of
 * {@link COPY_KINDS}. In file order.
 */
export function findCopiesAcross(images: PartedImages, options: CopyOptions = {}): CopyAcross[] {
  const found = new Map<number, CopyAcross>();
  const tell = (kind: CopyKind, row: number, copy: number) => {
    const known = found.get(row);
    if (!known || COPY_KINDS.indexOf(kind) < COPY_KINDS.indexOf(known.kind))
      found.set(row, { kind, row, copy });
  };
  tellExact(images, options.groups ?? findDuplicateGroups(images), tell);
  findSimilar(
    images,
    ({ row, other, isMirrored, isResized }) => {
      const kind = isMirrored ? 'mirrored' : isResized ? 'resized' : 're-encoded';
      tell(isMirrored && isResized ? 'mirrored and resized' : kind, row, other);
    },
    { resized: options.resized },
  );
  return [...found.values()].sort((a, b) => a.row - b.row);
}

/**
 * Images that lie in more than one part, counted by kind and parts. Of a set that has no official parts nothing is said.
 */
export function findLeaks(images: PartedImages, groups = findDuplicateGroups(images)): Leak[] {
  return images.spec.parts.length === 0 ? [] : countCopies(images, findCopiesAcross(images, { groups }));
}

/** Counts copies by kind and parts; those of the closest kind and the first parts come first. */
export function countCopies({ spec, usages }: PartedImages, copies: readonly CopyAcross[]): Leak[] {
  const parts = [...spec.parts.keys()];
  return COPY_KINDS.flatMap((kind) =>
    parts.flatMap((part) =>
      parts.flatMap((inPart) => {
        const own = copies.filter(
          ({ kind: one, row, copy }) => one === kind && usages[row] === part && usages[copy] === inPart,
        );
        const examples = own.slice(0, EXAMPLES).map(({ row, copy }) => [row, copy] as const);
        const [name, inName] = [spec.parts[part]!.name, spec.parts[inPart]!.name];
        return own.length > 0 ? [{ kind, part: name, inPart: inName, images: own.length, examples }] : [];
      }),
    ),
  );
}

type Tell = (kind: CopyKind, row: number, copy: number) => void;

function tellExact({ spec, usages }: PartedImages, groups: Uint32Array, tell: Tell): void {
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
