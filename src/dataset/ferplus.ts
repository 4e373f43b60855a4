import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Papa from 'papaparse';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import type { ImageDataset } from './dataset';
import { type DatasetSpec, partNames } from './spec';

/** What a tagger of FER+ could say, in the order of the file's columns (Barsoum et al. 2016). */
export const FERPLUS_CHOICES = [
  'neutral',
  'happiness',
  'surprise',
  'sadness',
  'anger',
  'disgust',
  'fear',
  'contempt',
  'unknown',
  'NF',
] as const;

/** The FER+ votes: what ten people saw in each image. */
export interface FerPlusVotes {
  readonly path: string;
  readonly count: number;
  /** Votes for each of {@link FERPLUS_CHOICES}, shape [count, 10]. */
  readonly votes: Uint8Array;
  /** Index into `spec.parts`, shape [count]. */
  readonly usages: Uint8Array;
}

/** Where the FER+ votes are: `path`, else `$FERPLUS`, else beside the data, else in `data/`; null if nowhere. */
export function findVotes(
  { spec, source }: Pick<ImageDataset, 'spec' | 'source'>,
  path?: string,
): string | null {
  if (!spec.votes) return null; // whatever $FERPLUS says, it is of another data set
  const given = path ?? process.env.FERPLUS;
  if (given) {
    if (existsSync(given)) return given;
    throw new FerlabError(`${given}: no such file`, { remedy: 'correct the path of the FER+ votes' });
  }
  const folders = [source.path, dirname(source.path), join(projectRoot(), 'data')];
  const { files } = spec.votes;
  return folders.flatMap((folder) => files.map((name) => join(folder, name))).find(existsSync) ?? null;
}

/**
 * Loads the FER+ votes that belong to a dataset, row by row; null where there are none.
 * @throws FerlabError when the file is no FER+ or its rows are not those of the dataset
 */
export function loadVotes(
  dataset: Pick<ImageDataset, 'spec' | 'source' | 'count' | 'labels' | 'usages'>,
  path?: string,
): FerPlusVotes | null {
  const file = findVotes(dataset, path);
  if (file === null) return null;
  const votes = parseVotes(readFileSync(file, 'utf8'), file, dataset.spec);
  const other = votes.usages.findIndex((usage, row) => usage !== dataset.usages[row]);
  if (votes.count === dataset.count && other < 0) {
    checkAgreement(votes, dataset);
    return votes;
  }
  const problem =
    other < 0
      ? `${votes.count} rows for ${dataset.count} images`
      : `row ${other + 1} belongs to another part`;
  throw new FerlabError(`${file}: ${problem} of ${dataset.source.path}`, {
    remedy: otherOrder(dataset.spec),
  });
}

/**
 * As {@link loadVotes}, for whoever can't do without.
 * @param problem what the error says where there are none
 */
export function neededVotes(dataset: Parameters<typeof loadVotes>[0], problem: string): FerPlusVotes {
  const votes = loadVotes(dataset);
  if (votes) return votes;
  throw new FerlabError(problem, {
    remedy: `put ${dataset.spec.votes?.files.join(' or ')} beside it, or name the file with $FERPLUS`,
  });
}

const otherOrder = ({ title, files }: DatasetSpec) =>
  `FER+ follows the row order of the published ${title}${files ? ` (${files.tables.join(', ')})` : ''}: use that form of the data, or leave FER+ out`;

/** Least share of images whose label is what most taggers saw; in the genuine data 62 %, at random 18 %. */
const LEAST_AGREEMENT = 0.6;

/** The same for some rows in sequence. */
const BLOCK = { rows: 500, leastAgreement: 0.5 };

/** Images below which the agreement says nothing. */
const FEW = 200;

/**
 * @throws FerlabError when the votes of a part, or of a stretch of it, belong to other images: rows were put into
 * another order
 */
function checkAgreement(
  { path, votes, usages }: FerPlusVotes,
  { spec, labels }: Pick<ImageDataset, 'spec' | 'labels'>,
): void {
  const choiceOfLabel = spec.votes!.choices;
  const choices = FERPLUS_CHOICES.length;
  const agrees = (row: number) =>
    leaderOf(votes.subarray(row * choices, (row + 1) * choices)) === choiceOfLabel[labels[row]!];
  for (const [part, name] of partNames(spec).entries()) {
    const rows = [...usages.keys()].filter((row) => usages[row] === part);
    for (const stretch of [rows, ...blocksOf(rows)]) {
      const share = stretch.filter(agrees).length / stretch.length;
      const least = stretch === rows ? LEAST_AGREEMENT : BLOCK.leastAgreement;
      if (stretch.length < FEW || share >= least) continue;
      throw new FerlabError(
        `${path}: in lines ${stretch[0]! + 2} to ${stretch.at(-1)! + 2} only ${(100 * share).toFixed(0)} % of the votes agree with the labels of ${name}: they belong to other images`,
        { remedy: otherOrder(spec) },
      );
    }
  }
}

/** Whole blocks of rows in sequence. */
const blocksOf = (rows: readonly number[]): number[][] =>
  Array.from({ length: Math.floor(rows.length / BLOCK.rows) }, (_, i) =>
    rows.slice(i * BLOCK.rows, (i + 1) * BLOCK.rows),
  );

const leaderOf = (votes: Uint8Array) => FERPLUS_CHOICES[votes.indexOf(Math.max(...votes))];

function parseVotes(text: string, file: string, spec: DatasetSpec): FerPlusVotes {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const missing = ['Usage', ...FERPLUS_CHOICES].find((name) => !meta.fields?.includes(name));
  if (missing || data.length === 0) {
    throw new FerlabError(`${file}: ${missing ? `there is no column ${missing}` : 'there are no rows'}`, {
      remedy: `the file has to be ${spec.votes!.files.join(' or ')} of FER+`,
    });
  }
  checkNames(
    data.map((cells) => cells['Image name']),
    file,
  );
  const choices = FERPLUS_CHOICES.length;
  const votes = new Uint8Array(data.length * choices);
  const usages = new Uint8Array(data.length);
  const parts = partNames(spec);
  for (const [row, cells] of data.entries()) {
    usages[row] = wholeNumber(parts.indexOf(cells.Usage ?? ''), 'Usage', { file, row });
    for (const [i, name] of FERPLUS_CHOICES.entries()) {
      votes[row * choices + i] = wholeNumber(numberOf(cells[name]), name, { file, row });
    }
  }
  return { path: file, count: data.length, votes, usages };
}

/** Names of the published file that do not come after the one before: four. */
const MOST_DESCENTS = 20;

/**
 * The names of the pictures, where there are any, ascend: `fer0000012.png` comes after `fer0000011.png`. Pictures that
 * FER+ leaves out have none.
 * @throws FerlabError when rows were put into another order
 */
function checkNames(names: readonly (string | undefined)[], file: string): void {
  let last = -1;
  const descents: number[] = [];
  for (const [row, name] of names.entries()) {
    const digits = /^fer(\d+)\.png$/.exec(name?.trim() ?? '')?.[1];
    if (digits === undefined) continue;
    if (Number(digits) <= last) descents.push(row);
    last = Number(digits);
  }
  if (descents.length <= MOST_DESCENTS) return;
  throw new FerlabError(
    `${file}: ${descents.length} rows are not in the order of their names, from line ${descents[0]! + 2} on`,
    { remedy: 'put the rows into the order of the names, or download the file again' },
  );
}

/** An empty cell is no number. */
const numberOf = (text: string | undefined) => (/^\d+$/.test(text?.trim() ?? '') ? Number(text) : Number.NaN);

function wholeNumber(value: number, column: string, place: { file: string; row: number }): number {
  if (Number.isInteger(value) && value >= 0 && value <= 255) return value;
  throw new FerlabError(`${place.file}, line ${place.row + 2}: ${column} can't be read`, {
    remedy: 'correct the row, or download the file again',
  });
}
