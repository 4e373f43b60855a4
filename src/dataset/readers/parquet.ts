import { basename } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FerlabError } from '../../errors';
import { decodeGrey } from '../../preprocess/decode';
import { type CollectedRows, RowCollector } from '../collector';
import { IMAGE_PIXELS, USAGES } from '../dataset';
import { EMOTION_COUNT } from '../emotions';
import { ALPHABETICAL, OFFICIAL_COUNTS } from '../evidence';

interface ParquetRow {
  image?: { bytes?: Uint8Array } | Uint8Array;
  label?: number | bigint;
}

/** Usage of a file by its name: train-*, validation/valid/public, test/private. */
function usageOf(file: string): number {
  const name = basename(file).toLowerCase();
  if (name.includes('train')) return USAGES.indexOf('Training');
  if (name.includes('public') || name.includes('val')) return USAGES.indexOf('PublicTest');
  if (name.includes('private') || name.includes('test')) return USAGES.indexOf('PrivateTest');
  throw new FerlabError(`${file}: the name does not say which part of FER-2013 it is`, {
    remedy: 'name the files train*.parquet, valid*.parquet and test*.parquet',
  });
}

/**
 * Reads tables of encoded images and labels, as Hugging Face keeps them.
 * @throws FerlabError when a column is missing, an image can't be decoded, or the counts do not show the class order
 */
export async function readParquet(files: readonly string[]): Promise<CollectedRows> {
  const collector = new RowCollector();
  for (const file of [...files].sort((a, b) => usageOf(a) - usageOf(b))) await readTable(file, collector);
  return relabelled(collector.finish(), files.join(', '));
}

async function readTable(file: string, collector: RowCollector): Promise<void> {
  const usage = usageOf(file);
  const rows = (await parquetReadObjects({
    file: await asyncBufferFromFile(file),
    compressors,
    utf8: false,
  })) as ParquetRow[];
  for (const [i, { image, label }] of rows.entries()) {
    const bytes = image instanceof Uint8Array ? image : image?.bytes;
    const number = Number(label);
    if (!bytes || !Number.isInteger(number) || number < 0 || number >= EMOTION_COUNT) {
      throw new FerlabError(`${file}, row ${i + 1}: no image bytes or no label from 0 to 6`, {
        remedy: 'the table needs the columns image (encoded bytes) and label',
      });
    }
    collector.images.set(
      (await decodeGrey(bytes, `${file}, row ${i + 1}`)).subarray(0, IMAGE_PIXELS),
      collector.nextOffset,
    );
    collector.add(number, usage);
  }
}

/** Puts the labels into the order of fer2013.csv, by the official counts of the Training part. */
function relabelled(rows: CollectedRows, file: string): CollectedRows {
  const training = new Array<number>(EMOTION_COUNT).fill(0);
  for (let i = 0; i < rows.count; i++) if (rows.usages[i] === 0) training[rows.labels[i]!]!++;
  const ranked = (counts: readonly number[]) => [...counts.keys()].sort((a, b) => counts[b]! - counts[a]!);
  const official = OFFICIAL_COUNTS.map(([count]) => count);
  const alphabetical = ALPHABETICAL.map((label) => OFFICIAL_COUNTS[label]![0]);
  const found = ranked(training).join();
  if (found === ranked(official).join()) return rows;
  if (found === ranked(alphabetical).join()) {
    return { ...rows, labels: rows.labels.map((label) => ALPHABETICAL[label]!) };
  }
  throw new FerlabError(
    `${file}: the counts by class (${training.join(', ')}) fit no known order of the classes`,
    {
      remedy: 'use the whole training part, whose counts show the order, or class folders with names',
    },
  );
}
