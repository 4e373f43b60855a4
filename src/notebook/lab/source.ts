import { FerlabError } from '../../errors';
import type { Lab, LabCell } from './cell';
import { parseMistake } from './mistake';

const HEADER =
  /^\/\/ %% (markdown|code|mistake) ([a-z][a-z0-9-]*)((?: solution)?(?: points=\d+)?| in=[a-z0-9-]+ points=\d+)$/;

/** What stands between two headers. */
interface Block {
  readonly kind: string;
  readonly id: string;
  /** The rest of the header. */
  readonly settings: string;
  readonly lines: readonly string[];
}

/**
 * Reads a lab's source: `// %% markdown ID` with text as comments; `// %% code ID`, with `solution` where a student
 * writes and `points=N` where it is graded; `// %% mistake ID in=CELL points=N`, see {@link parseMistake}.
 * @throws FerlabError naming the line of a header that is none, or a cell whose regions do not fit it
 */
export function parseLab(text: string, path: string): Lab {
  const blocks = splitBlocks(text, path);
  const cells = blocks.filter(({ kind }) => kind !== 'mistake').map(toCell);
  for (const cell of cells) checkRegions(cell, path);
  const mistakes = blocks
    .filter(({ kind }) => kind === 'mistake')
    .map(({ id, settings, lines }) => parseMistake({ id, settings, lines }, cells, path));
  return { cells, mistakes };
}

function splitBlocks(text: string, path: string): Block[] {
  const blocks: (Block & { lines: string[] })[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (!line.startsWith('// %%')) {
      blocks.at(-1)?.lines.push(line);
      continue;
    }
    const [, kind, id, settings] = HEADER.exec(line) ?? [];
    if (!kind || !id || blocks.some((block) => block.id === id) || (kind === 'mistake') !== / in=/.test(line))
      throw new FerlabError(`${path}, line ${i + 1}: no header of a cell, or one with the name of another`);
    blocks.push({ kind, id, settings: settings ?? '', lines: [] });
  }
  return blocks;
}

function toCell({ kind, id, settings, lines }: Block): LabCell {
  const own = kind === 'markdown' ? lines.map((line) => line.replace(/^\/\/ ?/, '')) : lines;
  return {
    id,
    kind: kind as LabCell['kind'],
    text: own.join('\n').trim(),
    isSolution: settings.includes(' solution'),
    points: Number(/points=(\d+)/.exec(settings)?.[1] ?? 0),
  };
}

function checkRegions({ id, text, isSolution, points }: LabCell, path: string): void {
  const has = (name: string) => text.includes(`// BEGIN ${name}`) && text.includes(`// END ${name}`);
  if (isSolution !== has('SOLUTION') || (has('HIDDEN TESTS') && points === 0))
    throw new FerlabError(`${path}, cell ${id}: its regions do not match its header`);
}
