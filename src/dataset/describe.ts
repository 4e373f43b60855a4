import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheFolder } from '../paths';
import { writeWhole } from '../write-whole';
import { countByClass, differencesFromOfficial } from './counts';
import type { ImageDataset } from './dataset';
import { type DuplicateSummary, findDuplicateGroups, summarizeDuplicates } from './duplicates';
import { COPY_KINDS, type CopyKind, findLeaks, type Leak } from './leaks';
import type { CopyReading } from './reading';
import { partNames } from './spec';

/** What `ferlab data info` tells of a copy, as text and as JSON. */
export interface DatasetDescription {
  readonly dataset: string;
  readonly source: ImageDataset['source'];
  /** The form that it was read from. */
  readonly form: string;
  /** How it is known to be the very data that was published, or null. */
  readonly genuine: string | null;
  readonly images: number;
  readonly side: number;
  readonly classes: readonly string[];
  /** What the classes are known by. */
  readonly classEvidence: string;
  readonly parts: readonly string[];
  /** What the parts are known by. */
  readonly partEvidence: string;
  /** Images by class and part. */
  readonly counts: readonly (readonly number[])[];
  readonly hasOfficialCounts: boolean;
  /** What differs from the official counts, or null. */
  readonly differences: string | null;
  readonly duplicates: DuplicateSummary;
  /** Images that lie in more than one part. */
  readonly leaks: readonly Leak[];
  readonly notes: readonly string[];
}

export const leaksSchema: z.ZodType<Leak[]> = z.array(
  z.strictObject({
    kind: z.enum(COPY_KINDS as [CopyKind, ...CopyKind[]]),
    part: z.string(),
    inPart: z.string(),
    images: z.int(),
    examples: z.array(z.tuple([z.int(), z.int()])),
  }),
);

/** The leaks of a dataset, found once for each content and kept in the cache. */
function leaksOf(dataset: ImageDataset, groups?: Uint32Array): readonly Leak[] {
  const file = join(cacheFolder(), `leaks-${dataset.source.sha256.slice(0, 24)}.json`);
  const kept = existsSync(file) ? leaksSchema.safeParse(parsed(readFileSync(file, 'utf8'))) : null;
  if (kept?.success) return kept.data;
  const leaks = findLeaks(dataset, groups);
  try {
    writeWhole(file, JSON.stringify(leaks));
  } catch {
    // Without a cache they are found again.
  }
  return leaks;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What has to be known of a copy to judge what was learnt from it. */
export interface CopyRecord
  extends Pick<CopyReading, 'form' | 'classes' | 'isOrderAssumed' | 'parts' | 'genuine' | 'notes'> {
  /** What differs from the official counts, or null. */
  readonly differences: string | null;
  /** Images that lie in more than one official part. */
  readonly leaks: readonly Leak[];
  readonly statedOrder?: string;
}

/** What a record keeps of a copy; undefined for data that was not read. */
export function recordCopy(dataset: ImageDataset): CopyRecord | undefined {
  if (!dataset.reading) return undefined;
  const { form, classes, isOrderAssumed, parts, genuine, notes, statedOrder } = dataset.reading;
  const [differences, leaks] = [differencesFromOfficial(dataset), leaksOf(dataset)];
  const stated = statedOrder === undefined ? {} : { statedOrder };
  return { form, classes, isOrderAssumed, parts, genuine, notes, differences, leaks, ...stated };
}

export function describeCopy(dataset: ImageDataset): DatasetDescription {
  const { spec, source, reading } = dataset;
  const groups = findDuplicateGroups(dataset);
  return {
    dataset: spec.title,
    source,
    form: reading?.form ?? source.format,
    genuine: reading?.genuine ?? null,
    images: dataset.count,
    side: spec.side,
    classes: spec.classes,
    classEvidence: reading?.classes ?? 'as drawn',
    parts: partNames(spec),
    partEvidence: reading?.parts ?? 'as drawn',
    counts: countByClass(dataset),
    hasOfficialCounts: spec.officialCounts !== undefined,
    differences: differencesFromOfficial(dataset),
    duplicates: summarizeDuplicates(dataset, groups),
    leaks: leaksOf(dataset, groups),
    notes: reading?.notes ?? [],
  };
}

/** One line on images that lie in two parts. */
function leakLine({ kind, part, inPart, images, examples }: Leak): string {
  const pairs = examples.map(([row, copy]) => `rows ${row + 1} and ${copy + 1}`).join(', ');
  const word = kind === 'exact' ? 'an exact' : `a ${kind}`;
  return `${images} of ${part} ${images === 1 ? 'has' : 'have'} ${word} copy in ${inPart} (${pairs})`;
}

/** What is unusual in a copy, a line each: other counts than the official ones, images in two parts, and what was passed over. */
export function unusualIn(dataset: ImageDataset): string[] {
  const differences = differencesFromOfficial(dataset);
  const leaks = leaksOf(dataset).map(leakLine);
  return [...(differences ? [differences] : []), ...leaks, ...(dataset.reading?.notes ?? [])];
}

/** The description as text. */
export function formatDescription(description: DatasetDescription): string {
  const { dataset, source, genuine, form, images, side, duplicates, leaks, notes } = description;
  const name = source.path || source.format;
  return [
    `${dataset}: ${name}${genuine === null ? '' : `, genuine, ${genuine}`}`,
    `form: ${form}`,
    `${images} images of ${side}x${side}, sha256 ${source.sha256}`,
    `${duplicates.distinct} distinct images; ${duplicates.groups} occur more than once, ${duplicates.conflicting} of them with different labels`,
    `classes: ${description.classEvidence}`,
    `parts: ${description.partEvidence}`,
    description.differences ??
      `counts: ${description.hasOfficialCounts ? 'the official ones' : 'there are no official ones'}`,
    ...(leaks.length === 0
      ? ['copies across parts: none']
      : leaks.map((leak) => `copies across parts: ${leakLine(leak)}`)),
    ...notes.map((note) => `note: ${note}`),
    ...countLines(description),
    '',
  ].join('\n');
}

function countLines({ classes, parts, counts }: DatasetDescription): string[] {
  const width = Math.max(...classes.map((name) => name.length)) + 2;
  const row = (name: string, cells: readonly (number | string)[]) =>
    `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(13)).join('')}`;
  return [
    row('', parts.length > 0 ? parts : ['images']),
    ...classes.map((name, label) => row(name, counts[label]!)),
  ];
}
