import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type DocumentFormat, loadDocument, saveJson } from './json-file';
import { runFiles } from './run-folder';

/** One trained model that has seen the test part. */
export interface FinalMark {
  readonly weightsSha256: string;
  /** When its training began: tells a run that was trained anew from weights that were exchanged. */
  readonly startedAt: string;
  readonly evaluatedAt: string;
  /** Why weights that had seen it were evaluated again, on which data. */
  readonly correction?: { readonly reason: string; readonly datasetSha256: string };
}

interface MarksDocument {
  readonly format: 'ferlab-final-2';
  readonly marks: readonly FinalMark[];
}

const MARKS: DocumentFormat<MarksDocument> = {
  format: 'ferlab-final-2',
  schema: z.strictObject({
    format: z.literal('ferlab-final-2'),
    marks: z.array(
      z.strictObject({
        weightsSha256: z.string().regex(/^[0-9a-f]{64}$/),
        startedAt: z.iso.datetime(),
        evaluatedAt: z.iso.datetime(),
        correction: z
          .strictObject({ reason: z.string().min(1), datasetSha256: z.string().min(1) })
          .optional(),
      }),
    ),
  }),
  // The first form was the list of the marks alone.
  migrate: (value) => ({ format: 'ferlab-final-2', marks: value }),
  remedy: 'restore the file: it records the evaluations on the test part',
};

/** The trained models of this folder that have seen the test part, oldest first. @throws FerlabError when the file is broken */
export function loadMarks(folder: string): readonly FinalMark[] {
  const { final } = runFiles(folder);
  return existsSync(final) ? loadDocument(final, MARKS).marks : [];
}

/** @throws FerlabError when the disk is full */
export function saveMarks(folder: string, marks: readonly FinalMark[]): void {
  saveJson(runFiles(folder).final, { format: 'ferlab-final-2', marks } satisfies MarksDocument);
}
