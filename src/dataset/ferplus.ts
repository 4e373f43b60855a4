import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Papa from 'papaparse';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { type ImageDataset, USAGES } from './dataset';

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

/** The FER+ votes: what ten people saw in each image of FER-2013. */
export interface FerPlusVotes {
  readonly path: string;
  readonly count: number;
  /** Votes for each of {@link FERPLUS_CHOICES}, shape [count, 10]. */
  readonly votes: Uint8Array;
  /** Index into `USAGES`, shape [count]. */
  readonly usages: Uint8Array;
}

const NAMES = ['ferplus-votes.csv', 'fer2013new.csv'];

/** Where the FER+ votes are: `path`, else `$FERPLUS`, else beside the data, else in `data/`; null if nowhere. */
export function findVotes(dataset: Pick<ImageDataset, 'source'>, path?: string): string | null {
  const given = path ?? process.env.FERPLUS;
  if (given) {
    if (existsSync(given)) return given;
    throw new FerlabError(`${given}: no such file`, { remedy: 'correct the path of the FER+ votes' });
  }
  if (dataset.source.kind !== 'fer2013') return null;
  const folders = [dataset.source.path, dirname(dataset.source.path), join(projectRoot(), 'data')];
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(existsSync) ?? null;
}

/**
 * Loads the FER+ votes that belong to a dataset, row by row; null where there are none.
 * @throws FerlabError when the file is no FER+ or its rows are not those of the dataset
 */
export function loadVotes(
  dataset: Pick<ImageDataset, 'source' | 'count' | 'labels' | 'usages'>,
  path?: string,
): FerPlusVotes | null {
  const file = findVotes(dataset, path);
  if (file === null) return null;
  const votes = parseVotes(readFileSync(file, 'utf8'), file);
  const other = votes.usages.findIndex((usage, row) => usage !== dataset.usages[row]);
  if (votes.count === dataset.count && other < 0) {
    checkAgreement(votes, dataset);
    return votes;
  }
  const problem =
    other < 0 ? `${votes.count} rows for ${dataset.count} images` : `row ${other + 1} is of another part`;
  throw new FerlabError(`${file}: ${problem} of ${dataset.source.path}`, {
    remedy: 'FER+ belongs to fer2013.csv in its own order: use that form of the data, or leave FER+ out',
  });
}

/** Least share of images whose label is what most taggers saw; in the genuine data 65 %, at random 18 %. */
const LEAST_AGREEMENT = 0.5;

/** Images below which the agreement says nothing. */
const FEW = 200;

/** @throws FerlabError when the votes of a part belong to other images: rows were put into another order */
function checkAgreement(
  { path, votes, usages }: FerPlusVotes,
  { labels }: Pick<ImageDataset, 'labels'>,
): void {
  const choices = FERPLUS_CHOICES.length;
  for (const [part, name] of USAGES.entries()) {
    const rows = [...usages.keys()].filter((row) => usages[row] === part);
    const leaders = rows.map((row) => leaderOf(votes.subarray(row * choices, (row + 1) * choices)));
    const agreeing = rows.filter((row, i) => leaders[i] === CHOICE_OF_LABEL[labels[row]!]).length;
    if (rows.length < FEW || agreeing / rows.length >= LEAST_AGREEMENT) continue;
    throw new FerlabError(
      `${path}: only ${((100 * agreeing) / rows.length).toFixed(0)} % of the votes agree with the labels of ${name}: they are of other images`,
      {
        remedy: 'FER+ belongs to fer2013.csv in its own order: use that form of the data, or leave FER+ out',
      },
    );
  }
}

/** What FER+ calls the classes 0 to 6. */
const CHOICE_OF_LABEL = ['anger', 'disgust', 'fear', 'happiness', 'sadness', 'surprise', 'neutral'];

const leaderOf = (votes: Uint8Array) => FERPLUS_CHOICES[votes.indexOf(Math.max(...votes))];

function parseVotes(text: string, file: string): FerPlusVotes {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const missing = ['Usage', ...FERPLUS_CHOICES].find((name) => !meta.fields?.includes(name));
  if (missing || data.length === 0) {
    throw new FerlabError(`${file}: ${missing ? `there is no column ${missing}` : 'there are no rows'}`, {
      remedy: 'the file has to be fer2013new.csv of FER+',
    });
  }
  const choices = FERPLUS_CHOICES.length;
  const votes = new Uint8Array(data.length * choices);
  const usages = new Uint8Array(data.length);
  for (const [row, cells] of data.entries()) {
    usages[row] = wholeNumber(USAGES.indexOf(cells.Usage as (typeof USAGES)[number]), 'Usage', { file, row });
    for (const [i, name] of FERPLUS_CHOICES.entries()) {
      votes[row * choices + i] = wholeNumber(numberOf(cells[name]), name, { file, row });
    }
  }
  return { path: file, count: data.length, votes, usages };
}

/** An empty cell is no number. */
const numberOf = (text: string | undefined) => (/^\d+$/.test(text?.trim() ?? '') ? Number(text) : Number.NaN);

function wholeNumber(value: number, column: string, place: { file: string; row: number }): number {
  if (Number.isInteger(value) && value >= 0 && value <= 255) return value;
  throw new FerlabError(`${place.file}, row ${place.row + 1}: ${column} can't be read`, {
    remedy: 'correct the row, or download fer2013new.csv again',
  });
}
