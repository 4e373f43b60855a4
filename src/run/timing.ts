import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type Environment, environmentFields } from './environment';
import { type DocumentFormat, loadDocument, saveJson } from './json-file';
import { runFiles } from './run-folder';

/** How long a classifier takes for an image, as it was measured once: no other machine or hour gives the same. */
export interface Timing {
  /** Wall time of the fastest round. */
  readonly millisecondsPerImage: number;
  /** What all cores together worked in that round. */
  readonly processorMillisecondsPerImage: number;
  /** Images in a round. */
  readonly images: number;
  readonly rounds: number;
  /** Hash of the weights that were timed. */
  readonly weightsSha256: string;
  /** When it was measured, in ISO 8601. */
  readonly at: string;
  readonly environment: Environment;
}

interface TimingDocument {
  readonly format: 'ferlab-timing-1';
  readonly timing: Timing;
}

const TIMING: DocumentFormat<TimingDocument> = {
  format: 'ferlab-timing-1',
  schema: z.strictObject({
    format: z.literal('ferlab-timing-1'),
    timing: z.strictObject({
      millisecondsPerImage: z.number().positive(),
      processorMillisecondsPerImage: z.number().min(0),
      images: z.int().min(1),
      rounds: z.int().min(1),
      weightsSha256: z.string(),
      at: z.iso.datetime(),
      environment: z.strictObject(environmentFields),
    }),
  }),
  remedy: 'measure it again with `ferlab time`',
};

/** How long the run took when it was measured; null where nobody has. @throws FerlabError when the file is broken */
export function loadTiming(folder: string): Timing | null {
  const { timing } = runFiles(folder);
  return existsSync(timing) ? loadDocument(timing, TIMING).timing : null;
}

/** @throws FerlabError when the disk is full */
export function saveTiming(folder: string, timing: Timing): void {
  saveJson(runFiles(folder).timing, { format: 'ferlab-timing-1', timing } satisfies TimingDocument);
}
