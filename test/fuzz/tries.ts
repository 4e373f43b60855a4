import { type RandomStream, randomStream } from '../../src/random';
import { archiveAsItIs, archiveWithDamage } from './archive-tries';
import { faultOf } from './check';
import { csvAsItIs, csvOfEachPart, csvOfOtherRows, csvWithDamage, csvWithWrongCell } from './csv-tries';
import { treeAsItIs, treeInDamagedZip, treeWithDamagedPicture, treeWithStrangers } from './folder-tries';
import { numberedClasses } from './order-tries';
import { parquetAsItIs, parquetWithDamage } from './parquet-tries';
import type { Try } from './try';

type Maker = (random: RandomStream) => Try | Promise<Try>;

/** All kinds of inputs; they take turns. */
export const KINDS: Readonly<Record<string, Maker>> = {
  csvAsItIs,
  csvWithDamage,
  csvWithWrongCell,
  csvOfOtherRows,
  csvOfEachPart,
  archiveAsItIs,
  archiveWithDamage,
  treeAsItIs,
  treeWithDamagedPicture,
  treeInDamagedZip,
  treeWithStrangers,
  parquetAsItIs,
  parquetWithDamage,
  numberedClasses,
};

export interface Outcome {
  readonly kind: string;
  readonly what: string;
  /** What went wrong, or null. */
  readonly fault: string | null;
}

/** Makes and tries the input with a number: the same for the same seed. */
export async function runTry(seed: number, number: number): Promise<Outcome> {
  const kinds = Object.keys(KINDS);
  const kind = kinds[number % kinds.length]!;
  const input = await KINDS[kind]!(randomStream(seed, 'fuzz', number));
  return { kind, what: input.what, fault: await faultOf(input) };
}
