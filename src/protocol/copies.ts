import { type CopyKind, countCopies, findCopiesAcross } from '../dataset/leaks';
import { firstExamples, type ProtocolFinding } from './finding';
import type { ProtocolImages } from './images';

/** An image with a copy in another part. */
export interface NamedCopy {
  readonly kind: CopyKind;
  readonly image: string;
  readonly part: string;
  readonly copy: string;
  readonly inPart: string;
}

const WORDS: Readonly<Record<CopyKind, string>> = {
  exact: 'an exact copy',
  mirrored: 'a mirrored copy',
  're-encoded': 'a re-encoded copy',
  resized: 'a copy of another size or crop',
  'mirrored and resized': 'a mirrored copy of another size or crop',
};

/** Looks for images that lie in two parts: equal, mirrored, re-encoded, of another size or crop. */
export function checkCopies(images: ProtocolImages): { findings: ProtocolFinding[]; copies: NamedCopy[] } {
  const found = findCopiesAcross(images, { resized: true });
  const partOf = (row: number) => images.spec.parts[images.usages[row]!]!.name;
  const copies = found.map(({ kind, row, copy }) => ({
    kind,
    image: images.nameOf(row),
    part: partOf(row),
    copy: images.nameOf(copy),
    inPart: partOf(copy),
  }));
  const findings = countCopies(images, found).map(
    ({ kind, part, inPart, images: count }): ProtocolFinding => {
      const own = copies.filter((one) => one.kind === kind && one.part === part && one.inPart === inPart);
      return {
        check: 'copies',
        verdict: 'leak',
        text: `${count} of ${part} ${count === 1 ? 'has' : 'have'} ${WORDS[kind]} in ${inPart}`,
        examples: firstExamples(own.map(({ image, copy }) => `${image} and ${copy}`)),
      };
    },
  );
  const clean: ProtocolFinding = {
    ...{ check: 'copies', verdict: 'clean', examples: [] },
    text: 'no image has an exact, mirrored, re-encoded or resized copy in another part',
  };
  return { findings: findings.length > 0 ? findings : [clean], copies };
}
