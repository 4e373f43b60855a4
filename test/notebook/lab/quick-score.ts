import { createRequire } from 'node:module';
import { transformSync } from 'esbuild';
import type { ImageDataset } from '../../../src/dataset/dataset';
import { loadDataset } from '../../../src/dataset/load';
import type { LabCell } from '../../../src/notebook/lab/cell';
import { solutionCopy, studentCopy } from '../../../src/notebook/lab/copies';
import { STUB } from '../../../src/notebook/lab/not-written';
import { joinText, type NotebookCell } from '../../../src/notebook/notebook-file';

const require = createRequire(__filename);

/** Cells that only show something, or train: they give no points. */
const SHOWS = /-look$|^(train|overfit|mend)$/;

/**
 * Points by graded cell, as the kernel would give them: the cells run one after the other as one function, without
 * those that only show something unless `all` is given. What the cells print is returned too.
 */
export async function quickScore(
  cells: readonly NotebookCell[],
  { all = false } = {},
): Promise<{ points: Record<string, number>; text: string }> {
  const code = cells
    .filter((cell) => cell.cell_type === 'code' && (all || !SHOWS.test(cell.id)))
    .map((cell) => asStatements(cell.id, joinText(cell.source)))
    .join('\n');
  const { code: script } = transformSync(`async function lab() {${code}\n}`, {
    loader: 'ts',
    target: 'es2022',
  });
  const points: Record<string, number> = {};
  let text = '';
  const console = { log: (...words: unknown[]) => (text += `${words.join(' ')}\n`) };
  const run = new Function('require', 'console', 'points', `${script}\nreturn lab();`);
  await run(requireFrom(console), console, points);
  return { points, text };
}

const asStatements = (id: string, text: string) =>
  text
    .replace(
      /^import \{(.*)\} from '(.*)';$/gm,
      (_, names, from) => `const {${names.replace(/\btype \w+,? ?/g, '')}} = require('${from}');`,
    )
    .replace(/^await grade\(/gm, `points['${id}'] = await grade(`);

let sample: Promise<ImageDataset> | undefined;

/** The built-in sample, drawn once for all labs. */
const loadSampleOnce = () => (sample ??= loadDataset({ sample: true }));

/** The modules themselves, without a build: `ferlab/labs` prints where the lab does, and nothing is drawn. */
function requireFrom(console: { log(...words: unknown[]): unknown }) {
  return (name: string) => {
    if (name !== 'ferlab/labs')
      return { ...require('../../../src/index'), loadDataset: loadSampleOnce, show: async () => {} };
    const { grade, whenWritten } =
      require('../../../src/notebook/lab/student') as typeof import('../../../src/notebook/lab/student');
    return { grade: printingTo(console, grade), whenWritten: printingTo(console, whenWritten) };
  };
}

/** The function with another console. */
const printingTo =
  <Words extends unknown[], Value>(
    console: { log(...words: unknown[]): unknown },
    call: (...words: Words) => Promise<Value>,
  ) =>
  async (...words: Words): Promise<Value> => {
    const { log } = globalThis.console;
    globalThis.console.log = console.log;
    try {
      return await call(...words);
    } finally {
      globalThis.console.log = log;
    }
  };

/** The cells that are graded for a submission: hidden checks put back, solutions where they were written. */
export const submission = (cells: readonly LabCell[]): readonly NotebookCell[] => solutionCopy(cells).cells;

/** An empty submission: stubs, and all checks. */
export function emptySubmission(cells: readonly LabCell[]): readonly NotebookCell[] {
  const stubs = new Map(studentCopy(cells).cells.map((cell) => [cell.id, cell]));
  return submission(cells).map((cell) =>
    joinText(stubs.get(cell.id)!.source).includes(STUB) ? stubs.get(cell.id)! : cell,
  );
}
