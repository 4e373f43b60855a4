import type { ImageDataset } from '../dataset/dataset';
import { FerlabError } from '../errors';
import { type Fingerprint, fingerprintOf } from './fingerprint';

/** How the image of a row was found in another copy of the data. */
export type Match = 'equal' | 'other-pixels' | 'unplaced';

/** Where the images that numbers come from stand in another copy of the data. */
export interface DataMatch {
  /** Row in the other copy of each published row, [count]; each row once, with the published part and label. */
  readonly rows: Uint32Array;
  /**
   * How each was found: `equal` pixels; `other-pixels` in the same place with the same label, where all pictures were
   * compressed; `unplaced` where only part and label say that it belongs there.
   */
  readonly matches: readonly Match[];
}

/** Rows in order: share of rows with the published label from which on a row's number says which image it is. */
const IN_ORDER = 0.98;

/**
 * Finds the images of published data in a copy of it. Copies are the same data if every part has the published number of
 * images of each class, whatever their order and form; pixels may differ, as after JPEG.
 * @throws FerlabError naming the part and class whose images are too many or too few
 */
export function matchData(published: Fingerprint, dataset: ImageDataset): DataMatch {
  checkCounts(published, dataset);
  const own = fingerprintOf(dataset);
  const matching = new Matching(published.digests.length);
  matching.pair(
    own,
    published,
    (print, row) => `${row} ${kindOf(print, row)} ${print.digests[row]}`,
    'equal',
  );
  matching.pair(own, published, (print, row) => `${kindOf(print, row)} ${print.digests[row]}`, 'equal');
  // Where single images differ, they are other images; where all do, they are the same ones, compressed.
  if (matching.pairs < dataset.count / 2 && isInOrder(own, published)) {
    matching.pair(own, published, (print, row) => `${row} ${kindOf(print, row)}`, 'other-pixels');
  }
  matching.pair(own, published, kindOf, 'unplaced');
  return { rows: matching.rows, matches: matching.matches };
}

/** Part and label of a row. */
const kindOf = ({ usages, labels }: Fingerprint, row: number) => `${usages[row]} ${labels[row]}`;

class Matching {
  readonly rows: Uint32Array;
  readonly matches: Match[];
  readonly #isFree: Uint8Array;
  readonly #isOpen: Uint8Array;

  constructor(count: number) {
    this.rows = new Uint32Array(count);
    this.matches = new Array<Match>(count).fill('unplaced');
    this.#isFree = new Uint8Array(count).fill(1);
    this.#isOpen = new Uint8Array(count).fill(1);
  }

  /** Rows that are paired so far. */
  get pairs(): number {
    return this.#isOpen.reduce((count, isOpen) => count + (isOpen ? 0 : 1), 0);
  }

  /** Pairs rows, one by one, that are left on both sides and have the same key. */
  pair(
    own: Fingerprint,
    published: Fingerprint,
    keyOf: (print: Fingerprint, row: number) => string,
    match: Match,
  ): void {
    const free = new Map<string, number[]>();
    for (const [row, isFree] of this.#isFree.entries()) {
      if (!isFree) continue;
      const key = keyOf(own, row);
      const rows = free.get(key);
      if (rows) rows.push(row);
      else free.set(key, [row]);
    }
    for (const [row, isOpen] of this.#isOpen.entries()) {
      const found = isOpen ? free.get(keyOf(published, row))?.shift() : undefined;
      if (found === undefined) continue;
      this.rows[row] = found;
      this.matches[row] = match;
      this.#isFree[found] = 0;
      this.#isOpen[row] = 0;
    }
  }
}

function isInOrder(own: Fingerprint, published: Fingerprint): boolean {
  const count = published.digests.length;
  let equal = 0;
  for (let row = 0; row < count; row++) if (kindOf(own, row) === kindOf(published, row)) equal++;
  return equal >= IN_ORDER * count;
}

/** @throws FerlabError when the data is another */
function checkCounts(published: Fingerprint, { spec, count, usages, labels, source }: ImageDataset): void {
  const refuse = (problem: string) =>
    new FerlabError(`${source.format}: not the data from which the numbers were computed: ${problem}`, {
      remedy: `give a complete copy of ${spec.title} with --data, in any form that docs/data-forms.md lists`,
    });
  if (published.spec !== spec.name)
    throw refuse(`they come from ${published.spec}, but this is ${spec.name}`);
  const expected = published.digests.length;
  if (count !== expected) throw refuse(`${count} images instead of ${expected}`);
  const difference = new Map<string, number>();
  for (let row = 0; row < count; row++) {
    const [there, here] = [
      `${published.usages[row]} ${published.labels[row]}`,
      `${usages[row]} ${labels[row]}`,
    ];
    difference.set(there, (difference.get(there) ?? 0) - 1);
    difference.set(here, (difference.get(here) ?? 0) + 1);
  }
  const wrong = [...difference].find(([, more]) => more !== 0);
  if (!wrong) return;
  const [usage, label] = wrong[0].split(' ').map(Number) as [number, number];
  const part = spec.parts[usage]?.name ?? `part ${usage}`;
  const more = wrong[1] > 0 ? `${wrong[1]} more` : `${-wrong[1]} fewer`;
  throw refuse(`${part} has ${more} images of ${spec.classes[label] ?? label} than published`);
}
