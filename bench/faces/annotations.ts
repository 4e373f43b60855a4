import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'papaparse';
import type { Box } from '../../src/detect/face';

/** Pictures with the boxes that people drew, by file name; pictures without a face have none. */
export type AnnotatedPictures = ReadonlyMap<string, readonly Box[]>;

/**
 * Reads `images.csv` (file, role) and `annotations.csv` (file, x, y, width, height) of a folder with `images/`. Only the
 * roles `faces`, whose boxes are complete, and `negative` count.
 */
export function loadAnnotated(folder: string): AnnotatedPictures {
  const annotations = rowsOf(folder, 'annotations.csv');
  const pictures = rowsOf(folder, 'images.csv').filter(({ role }) => role === 'faces' || role === 'negative');
  return new Map(
    pictures.map(({ file }) => [file!, annotations.filter((row) => row.file === file).map(boxOf)]),
  );
}

type Row = Readonly<Record<string, string>>;

const rowsOf = (folder: string, name: string) =>
  parse<Row>(readFileSync(join(folder, name), 'utf8'), { header: true, skipEmptyLines: true }).data;

const boxOf = ({ x, y, width, height }: Row): Box => ({
  x: Number(x),
  y: Number(y),
  width: Number(width),
  height: Number(height),
});
