import { basename } from 'node:path';
import { z } from 'zod';
import { loadDocument } from '../run/json-file';

/** Settings that all trainings of the leak lab share. */
export interface LeakStudy {
  readonly format: 'ferlab-leak-study-1';
  /** Name of its file without `.json`. */
  readonly name: string;
  readonly title: string;
  /** Images of the official training part that stand for all of the data. */
  readonly images: number;
  /** Side that the images are reduced to, in pixels. */
  readonly side: number;
  /** Training images that each training sees, counted with repetition: the budget. */
  readonly imagesSeen: number;
  readonly batchSize: number;
  /** Largest learning rate. */
  readonly learningRate: number;
  /** Each draws the split, the weights and the order of the images. */
  readonly seeds: readonly number[];
  /** Settings that are tried where the test part chooses them, and the budget of each. */
  readonly tries: number;
  readonly imagesSeenByTry: number;
}

const count = z.int().min(1);
const FORMAT = {
  format: 'ferlab-leak-study-1',
  schema: z.strictObject({
    format: z.literal('ferlab-leak-study-1'),
    title: z.string().min(1),
    images: count,
    side: z.int().min(16).max(512),
    imagesSeen: count,
    batchSize: count,
    learningRate: z.number().positive(),
    seeds: z.array(z.int()).min(2),
    tries: count,
    imagesSeenByTry: count,
  }),
  remedy: 'correct the fields that are named',
};

/** Reads a study of leaks, see `studies/leaks.json`. @throws FerlabError that names the wrong fields */
export function loadLeakStudy(path: string): LeakStudy {
  return { ...loadDocument<Omit<LeakStudy, 'name'>>(path, FORMAT as never), name: basename(path, '.json') };
}
