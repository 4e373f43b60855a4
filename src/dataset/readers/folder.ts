import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FerlabError } from '../../errors';
import { decodeGrey } from '../../preprocess/decode';
import { type CollectedRows, RowCollector } from '../collector';
import { USAGES } from '../dataset';
import { EMOTIONS } from '../emotions';
import { CsvReader } from './csv';
import { openCsvFiles } from './open';
import { readParquet } from './parquet';

/** Pictures decoded at once. */
const PARALLEL = 8;

interface PictureFile {
  readonly path: string;
  readonly label: number;
  readonly usage: number;
  /** Row number in the official file, where the name holds one. */
  readonly row: number;
}

/**
 * Reads a folder: parquet files, train.csv, or pictures in folders named by class. Which part a picture belongs to
 * is read from its name (`PublicTest_123.jpg`), else from the folder above (`train`, `validation`, `test`).
 */
export async function readFolder(folder: string): Promise<CollectedRows> {
  const parquet = readdirSync(folder).filter((name) => name.endsWith('.parquet'));
  if (parquet.length > 0) return readParquet(parquet.map((name) => join(folder, name)));
  if (existsSync(join(folder, 'train.csv'))) return readTrainCsv(join(folder, 'train.csv'));
  const pictures = listPictures(folder);
  if (pictures.length === 0) {
    throw new FerlabError(`${folder}: no FER-2013 in this folder`, {
      remedy:
        'it needs fer2013.csv, train.csv, parquet files, or pictures in folders named angry, disgust, ...',
    });
  }
  return readPictures(pictures);
}

/** train.csv of the challenge; test.csv has no labels and can't be used for evaluation. */
async function readTrainCsv(file: string): Promise<CollectedRows> {
  const collector = new RowCollector();
  for await (const { bytes } of openCsvFiles(file)) {
    const reader = new CsvReader(collector, { file, defaultUsage: USAGES.indexOf('Training') });
    for await (const piece of bytes) reader.write(piece);
    reader.end();
  }
  return collector.finish();
}

const FOLDER_NAMES: Readonly<Record<string, string>> = {
  happiness: 'happy',
  sadness: 'sad',
  anger: 'angry',
  surprised: 'surprise',
};

function labelOf(folder: string): number {
  const name = folder.toLowerCase();
  return EMOTIONS.findIndex((emotion) => emotion.toLowerCase() === (FOLDER_NAMES[name] ?? name));
}

function usageOf(file: string, part: string): number {
  const named = USAGES.findIndex((usage) => basename(file).toLowerCase().startsWith(usage.toLowerCase()));
  if (named >= 0) return named;
  if (/train/i.test(part)) return USAGES.indexOf('Training');
  if (/val|public/i.test(part)) return USAGES.indexOf('PublicTest');
  if (/test|private/i.test(part)) return USAGES.indexOf('PrivateTest');
  throw new FerlabError(`${file}: neither its name nor its folder says which part of FER-2013 it is`, {
    remedy: 'put the class folders below train, validation and test',
  });
}

function listPictures(root: string): PictureFile[] {
  const pictures: PictureFile[] = [];
  const visit = (folder: string, part: string) => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      const label = labelOf(basename(folder));
      if (statSync(path).isDirectory()) visit(path, label < 0 ? name : part);
      else if (label >= 0 && /\.(jpe?g|png|webp|bmp|tiff?)$/i.test(name)) {
        pictures.push({
          path,
          label,
          usage: usageOf(path, part),
          row: Number(/_(\d+)/.exec(name)?.[1] ?? -1),
        });
      }
    }
  };
  visit(root, basename(root));
  return pictures.sort((a, b) => a.usage - b.usage || a.row - b.row);
}

async function readPictures(pictures: readonly PictureFile[]): Promise<CollectedRows> {
  const collector = new RowCollector();
  for (let start = 0; start < pictures.length; start += PARALLEL) {
    const some = pictures.slice(start, start + PARALLEL);
    const decoded = await Promise.all(some.map(({ path }) => decodeGrey(path, path)));
    for (const [i, { label, usage }] of some.entries()) {
      collector.images.set(decoded[i]!, collector.nextOffset);
      collector.add(label, usage);
    }
  }
  return collector.finish();
}
