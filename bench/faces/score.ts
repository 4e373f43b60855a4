// Scores what detectors found:  node --import tsx bench/faces/score.ts FOLDER found.json...
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type AnnotatedPictures, loadAnnotated } from './annotations';
import { matchBoxes } from './match';

/** What a detector found, by file name; boxes are x, y, width and height in pixels. */
export type Found = Record<
  string,
  { faces: readonly { box: readonly number[]; score: number }[]; ms: number }
>;

/** Boxes that overlap less than this show different things. */
export const LEAST_OVERLAP = 0.4;

export interface Score {
  /** Annotated faces that are found. */
  readonly recall: number;
  /** Found faces that are annotated, on pictures with faces. */
  readonly precision: number;
  /** Found faces that are not annotated, a picture, over all pictures. */
  readonly falsePositives: number;
  /** Pictures without a face in which one is found, of how many. */
  readonly emptyHit: number;
  readonly empty: number;
  /** Mean overlap of the found faces with their annotation. */
  readonly overlap: number;
  readonly faces: number;
  readonly pictures: number;
}

export function score(annotated: AnnotatedPictures, found: Found): Score {
  const rows = [...annotated].map(([file, boxes]) => {
    const faces = found[file]!.faces.map(({ box: [x, y, width, height] }) => ({
      ...{ x: x!, y: y!, width: width!, height: height! },
    }));
    return { boxes: boxes.length, faces: faces.length, overlaps: matchBoxes(boxes, faces, LEAST_OVERLAP) };
  });
  const sum = (of: (row: (typeof rows)[number]) => number, some = rows) =>
    some.reduce((total, row) => total + of(row), 0);
  const [withFaces, empty] = [rows.filter(({ boxes }) => boxes > 0), rows.filter(({ boxes }) => boxes === 0)];
  const matched = sum(({ overlaps }) => overlaps.length);
  return {
    recall: matched / sum(({ boxes }) => boxes),
    precision: matched / sum(({ faces }) => faces, withFaces),
    falsePositives: sum(({ faces, overlaps }) => faces - overlaps.length) / rows.length,
    emptyHit: empty.filter(({ faces }) => faces > 0).length,
    empty: empty.length,
    overlap: sum(({ overlaps }) => overlaps.reduce((total, one) => total + one, 0)) / matched,
    faces: sum(({ boxes }) => boxes),
    pictures: rows.length,
  };
}

function main([folder, ...files]: readonly string[]): void {
  const annotated = loadAnnotated(folder!);
  for (const file of files) {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Found;
    process.stdout.write(`${basename(file)} ${JSON.stringify(score(annotated, found))}\n`);
  }
}

if (require.main === module) main(process.argv.slice(2));
