import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FerlabError } from '../errors';
import { writeWhole } from '../write-whole';

/**
 * The parts of a random split on data on which the seed would draw another one: the training drew it on another copy of
 * the same images.
 */
export interface FixedParts {
  /** Content hash of the data that the rows are of. */
  readonly datasetSha256: string;
  /** Rows of each part, ascending. A row of none of them is not used. */
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

// A line of origin, `# ferlab-parts-1 {...}`, then a character for each row of the data: 0 training, 1 validation,
// 2 test, - none. Lines of 100 rows.
const MARK = '# ferlab-parts-1 ';
const PARTS = ['training', 'validation', 'test'] as const;
const ROWS_PER_LINE = 100;
const originSchema = z.strictObject({ datasetSha256: z.string().min(1), images: z.int().min(1) });

/** Writes the parts. @param images of the data */
export function saveParts(path: string, parts: FixedParts, images: number): void {
  const digits = new Array<string>(images).fill('-');
  for (const [code, name] of PARTS.entries()) for (const row of parts[name]) digits[row] = String(code);
  const text = digits.join('');
  const lines = Array.from({ length: Math.ceil(images / ROWS_PER_LINE) }, (_, i) =>
    text.slice(i * ROWS_PER_LINE, (i + 1) * ROWS_PER_LINE),
  );
  const origin = JSON.stringify({ datasetSha256: parts.datasetSha256, images });
  writeWhole(path, `${[MARK + origin, ...lines].join('\n')}\n`);
}

/** @throws FerlabError when the file is no parts file, or not of this data */
export function loadParts(path: string, datasetSha256: string): FixedParts {
  const fail = (problem: string) =>
    new FerlabError(`${path}: ${problem}`, { remedy: 'restore the file that came with the model' });
  const [first, ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  const origin = first!.startsWith(MARK)
    ? originSchema.safeParse(JSON.parse(first!.slice(MARK.length)))
    : undefined;
  if (!origin?.success) throw fail('the first line does not describe parts');
  if (origin.data.datasetSha256 !== datasetSha256) throw fail('the rows belong to other data');
  const digits = lines.join('');
  if (digits.length !== origin.data.images) {
    throw fail(`${digits.length} rows instead of ${origin.data.images}`);
  }
  if (!/^[012-]*$/.test(digits)) throw fail('a row has a part other than 0, 1, 2 and -');
  const rowsOf = (code: string) =>
    Uint32Array.from([...digits].flatMap((digit, row) => (digit === code ? [row] : [])));
  return { datasetSha256, training: rowsOf('0'), validation: rowsOf('1'), test: rowsOf('2') };
}
