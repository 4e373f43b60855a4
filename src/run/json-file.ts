import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { FerlabError } from '../errors';
import { explainWriteFailure, writeWhole } from '../write-whole';
import { problemsOf } from '../zod-problems';

/** How a kind of document is checked, and how earlier forms of it become the present one. */
export interface DocumentFormat<T> {
  /** Stands in the field `format`, such as `ferlab-record-2`. */
  readonly format: string;
  readonly schema: z.ZodType<T>;
  /** What a document in an earlier form says in the present one; not given where there is no earlier form. */
  readonly migrate?: (value: unknown) => unknown;
  /** What the reader can do about a broken document. */
  readonly remedy: string;
}

/** Writes JSON beside its place, then renames. @throws FerlabError when the disk is full */
export function saveJson(path: string, value: unknown): void {
  try {
    writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
  } catch (error) {
    throw explainWriteFailure(path, error);
  }
}

/**
 * Reads JSON that nothing is known of yet.
 * @param remedy what the reader can do about a file that is missing or no JSON
 * @throws FerlabError when it is
 */
export function loadJson(path: string, remedy: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'there is no such file' : message;
    throw new FerlabError(`${path}: ${problem}`, { remedy, cause: error });
  }
}

/**
 * Reads a document, in its present form or an earlier one.
 * @throws FerlabError that names the fields that are wrong, or a form that is newer than this version
 */
export function loadDocument<T>(path: string, format: DocumentFormat<T>): T {
  return checkDocument(loadJson(path, format.remedy), path, format);
}

/** As {@link loadDocument}, for a value that was read already. @param name what errors call it */
export function checkDocument<T>(value: unknown, name: string, document: DocumentFormat<T>): T {
  const { format, schema, migrate, remedy } = document;
  const stated = formatOf(value);
  if (stated !== undefined && stated !== format) {
    throw new FerlabError(`${name}: the format is "${stated}" where "${format}" is needed`, {
      remedy: 'use the version of ferlab that wrote it',
    });
  }
  const result = schema.safeParse(
    stated === undefined && migrate ? migrateFrom(value, name, document) : value,
  );
  if (result.success) return result.data;
  throw invalid(name, problemsOf(result.error, 'document'), remedy);
}

function migrateFrom<T>(value: unknown, name: string, { migrate, remedy }: DocumentFormat<T>): unknown {
  try {
    return migrate!(value);
  } catch (error) {
    if (!isZodError(error)) throw error;
    throw invalid(name, problemsOf(error, 'document'), remedy);
  }
}

function formatOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
}

const isZodError = (error: unknown): error is z.ZodError => error instanceof Error && 'issues' in error;

function invalid(name: string, problems: readonly string[], remedy: string): FerlabError {
  const more = problems.length > 5 ? [`and ${problems.length - 5} more`] : [];
  return new FerlabError(`${name}: ${[...problems.slice(0, 5), ...more].join('; ')}`, { remedy });
}
