import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ImageDataset } from '../dataset/dataset';
import { imageDigests } from '../dataset/duplicates';
import { FerlabError } from '../errors';
import { explainWriteFailure, writeWhole } from '../write-whole';

/** What tells another copy of a data set image by image from the one that published numbers come from. No pixel is in it. */
export interface Fingerprint {
  /** Name of the data set. */
  readonly spec: string;
  /** Content hash of the data. */
  readonly sha256: string;
  /** Official part and label of each image, [count]. */
  readonly usages: Uint8Array;
  readonly labels: Uint8Array;
  /** The first eight hex digits of the MD5 of each image's pixels, [count]. */
  readonly digests: readonly string[];
}

// A line of origin, `# ferlab-fingerprint-1 {...}`, then a line an image: part, label, digest.
const MARK = '# ferlab-fingerprint-1 ';
const DIGITS = 8;
const LINE = /^(\d{1,3}),(\d{1,3}),([0-9a-f]{8})$/;
const originSchema = z.strictObject({ spec: z.string(), sha256: z.string(), images: z.int().min(1) });

/** The fingerprint of a data set. */
export function fingerprintOf({ spec, source, usages, labels, ...rest }: ImageDataset): Fingerprint {
  const digests = Array.from(imageDigests({ spec, ...rest }), (digest) => digest.slice(0, DIGITS));
  return { spec: spec.name, sha256: source.sha256, usages, labels, digests };
}

/** Where the fingerprint of the data with this hash lies, in the folder of published models. */
export const fingerprintFile = (models: string, sha256: string): string =>
  join(models, `data-${sha256.replaceAll(/[^0-9a-z]/gi, '').slice(0, 12)}.csv`);

/** Writes the fingerprint beside the models whose numbers come from this data, unless it lies there. */
export function saveFingerprint(models: string, dataset: ImageDataset): void {
  const path = fingerprintFile(models, dataset.source.sha256);
  if (existsSync(path)) return;
  const { spec, sha256, usages, labels, digests } = fingerprintOf(dataset);
  const lines = digests.map((digest, i) => `${usages[i]},${labels[i]},${digest}`);
  const origin = JSON.stringify({ spec, sha256, images: digests.length });
  try {
    writeWhole(path, `${[MARK + origin, ...lines].join('\n')}\n`);
  } catch (error) {
    throw explainWriteFailure(path, error, 'publish again');
  }
}

/** @throws FerlabError when the file is missing, damaged, or of other data */
export function loadFingerprint(models: string, sha256: string): Fingerprint {
  const path = fingerprintFile(models, sha256);
  const fail = (problem: string) =>
    new FerlabError(`${path}: ${problem}`, { remedy: 'restore the file that came with the models' });
  if (!existsSync(path)) throw fail('no such file');
  const [first, ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  const origin = first!.startsWith(MARK)
    ? originSchema.safeParse(JSON.parse(first!.slice(MARK.length)))
    : undefined;
  if (!origin?.success || origin.data.sha256 !== sha256)
    throw fail('this is not the fingerprint of this data');
  if (lines.length !== origin.data.images)
    throw fail(`${lines.length} images instead of ${origin.data.images}`);
  const cells = lines.map((line, i) => LINE.exec(line) ?? fail(`line ${i + 2} is damaged`));
  const damaged = cells.find((cell) => cell instanceof FerlabError);
  if (damaged) throw damaged;
  const fields = cells as RegExpExecArray[];
  return {
    spec: origin.data.spec,
    sha256,
    usages: Uint8Array.from(fields, ([, usage]) => Number(usage)),
    labels: Uint8Array.from(fields, ([, , label]) => Number(label)),
    digests: fields.map(([, , , digest]) => digest!),
  };
}
