import type { Claim } from '../claim/claim';
import { validateClaim } from '../claim/schema';
import type { UnusedText } from '../report/understood';
import { readBlocks } from './blocks';
import { type ReadTable, readOne, readTable } from './claim-from-table';
import { SeveralSystems } from './draft';
import type { Block, Grid } from './grid';
import { readSystems, type SystemDraft } from './systems';
import { bySystem, turned } from './systems-split';
import { toClaim } from './to-claim';

/** Most claims that are read from one text. */
const MAX_CLAIMS = 500;

/**
 * Reads every claim of a pasted text: one where it holds the figures of one evaluation, and one for each row (and data set)
 * where it is a table of systems such as `Model | Accuracy | Precision | Recall | F1`.
 * @param options as of `readTable`; what is said there holds for every claim
 * @throws ClaimError as `readTable`
 */
export function readTables(text: string, options: Partial<Claim> = {}): ReadTable[] {
  try {
    return [readTable(text, options)];
  } catch (error) {
    if (!(error instanceof SeveralSystems)) throw error;
    const blocks = readBlocks(text);
    const [first, ...rest] = readEach(blocks, options).slice(0, MAX_CLAIMS);
    if (!first) throw error;
    return [{ ...first, notes: [...first.notes, ...besides(blocks)] }, ...rest];
  }
}

/** Lines with figures that stand beside the tables: nothing tells which claim they are of. */
function besides(blocks: readonly Block[]): UnusedText[] {
  return blocks.flatMap((block) =>
    block.type === 'line' && /\d/.test(block.text)
      ? [{ line: block.line, text: block.text.slice(0, 80), reason: 'a line beside the tables' }]
      : [],
  );
}

function readEach(blocks: readonly Block[], options: Partial<Claim>): ReadTable[] {
  const grids = blocks.filter((block) => block.type === 'grid');
  const titles = (own: string) => (options.title ? `${options.title}: ${own}` : own);
  return grids.flatMap((grid, index) => {
    const systems = systemsOf(grid);
    if (systems.length > 0) return systems.map((system) => readSystem(system, options, titles(system.title)));
    const parts = bySystem(grid);
    if (parts.length > 0) {
      return parts.map((part) => readPart(part.grid, options, titles(part.title)));
    }
    return grids.length > 1 ? [readPart(grid, options, titles(`table ${index + 1}`))] : [];
  });
}

function systemsOf(grid: Grid): SystemDraft[] {
  if (bySystem(grid).length > 0) return [];
  const across = turned(grid);
  return readSystems(grid) ?? (across && readSystems(across)) ?? [];
}

function readSystem({ draft, dataset }: SystemDraft, options: Partial<Claim>, title: string): ReadTable {
  const means = draft.uncertain === undefined ? {} : { aggregation: { kind: 'unknown' as const } };
  const named = dataset === undefined ? {} : { dataset };
  const claim = { classes: [], ...toClaim(draft, options), ...means, ...named, ...options, title };
  return { claim: validateClaim(claim), notes: draft.notes };
}

function readPart(grid: Grid, options: Partial<Claim>, title: string): ReadTable {
  return readOne([grid], { ...options, title });
}
