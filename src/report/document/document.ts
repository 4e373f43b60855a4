import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FerlabError } from '../../errors';
import type { Results } from '../../evaluate/results';
import { groupBySeed, type SeedGroup } from '../../evaluate/seeds';
import { problemsOf } from '../../zod-problems';
import { PAPER_FIGURES, PAPER_SAMPLES, PAPER_SAMPLES_TOTAL, PAPER_TABLES, PAPER_TEXT_RECALL } from '../paper';
import { INTERVALS_NOTE } from '../words';
import { documentSchema } from './schema';

/** What `results.json` holds; `results.schema.json` beside it describes every field. */
export interface ResultsDocument {
  readonly $schema: string;
  readonly format: 'ferlab-results-2';
  /** Whether the data was the synthetic sample. */
  readonly isSynthetic: boolean;
  readonly classes: readonly string[];
  /** How the 95 % intervals were made. */
  readonly intervals: string;
  /** What the paper printed. */
  readonly paper: {
    readonly tables: typeof PAPER_TABLES;
    readonly samples: readonly string[];
    readonly samplesTotal: string;
    readonly textRecall: readonly string[];
    readonly figures: typeof PAPER_FIGURES;
  };
  /** The first is the one that tables and figures show. What predictions cost is no result, and left out. */
  readonly runs: readonly Results[];
  readonly groups: readonly SeedGroup[];
  /** All files of the report. */
  readonly files: readonly string[];
}

/**
 * The document of a report, checked against its own schema.
 * @param runs at least one, @param files names of all files of the report
 */
export function resultsDocument(runs: readonly Results[], files: readonly string[]): ResultsDocument {
  const document: ResultsDocument = {
    $schema: './results.schema.json',
    format: 'ferlab-results-2',
    isSynthetic: runs.some(({ isSynthetic }) => isSynthetic),
    classes: runs[0]!.dataset.classes,
    intervals: INTERVALS_NOTE,
    paper: {
      tables: PAPER_TABLES,
      samples: PAPER_SAMPLES,
      samplesTotal: PAPER_SAMPLES_TOTAL,
      textRecall: PAPER_TEXT_RECALL,
      figures: PAPER_FIGURES,
    },
    runs: runs.map(({ cost: _, ...run }) => run),
    groups: groupBySeed(runs),
    files,
  };
  return checkReport(document, 'results');
}

/** @throws FerlabError naming each field that is not as the schema wants it */
function checkReport(value: unknown, name: string): ResultsDocument {
  const result = documentSchema.safeParse(value);
  if (result.success) return value as ResultsDocument;
  const problems = problemsOf(result.error, 'document');
  throw new FerlabError(`${name}: ${problems.slice(0, 5).join('; ')}`, {
    remedy: 'make the report again with `ferlab report`',
  });
}

/**
 * Reads a `results.json`.
 * @throws FerlabError when it is not there, no JSON, or not as its schema says
 */
export function loadReport(path: string): ResultsDocument {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new FerlabError(`${path}: ${(error as Error).message}`, {
      remedy: 'make the report again with `ferlab report`',
      cause: error,
    });
  }
  return checkReport(value, path);
}

/** The schema of `results.json`, as JSON Schema (draft 2020-12). */
export function resultsJsonSchema(): object {
  return { title: 'Results of a ferlab report', ...z.toJSONSchema(documentSchema, { reused: 'ref' }) };
}
