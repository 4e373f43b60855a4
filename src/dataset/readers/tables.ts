import { basename } from 'node:path';
import { FerlabError } from '../../errors';
import type { RowCollector } from '../collector';
import type { ReadOutcome } from '../reading';
import type { DatasetSpec } from '../spec';
import { CsvReader } from './csv';
import { isRefusal, parseHeader, WITHOUT_LABELS } from './csv-header';
import { peek } from './pieces';
import type { OpenedCsv } from './tar';
import { noteOn } from './tree';
import { partOfRole, roleOfName } from './tree-names';

/** The part that the name of a file speaks of: `train.csv` has no column that says so. */
function partOfTable(name: string, spec: DatasetSpec): number | undefined {
  const role = roleOfName(name.replace(/\.(csv|tsv|txt)$/i, ''));
  const part = role ? partOfRole(role, spec) : -1;
  return part < 0 ? undefined : part;
}

/** Whether the name of a CSV speaks of one part. */
export const isOfOnePart = (name: string, spec: DatasetSpec): boolean =>
  /\.csv(\.gz)?$/i.test(name) && partOfTable(basename(name).replace(/\.gz$/i, ''), spec) !== undefined;

/** Reads one CSV. @param path named in errors, with the name of the CSV where that is another */
export async function readCsv(path: string, csv: OpenedCsv, collector: RowCollector): Promise<ReadOutcome> {
  const { name, form, bytes } = csv;
  const file = basename(path) === name ? path : `${path} (${name})`;
  const reader = new CsvReader(collector, { file, defaultUsage: partOfTable(name, collector.spec) });
  for await (const piece of bytes) reader.write(piece);
  reader.end();
  const labels = reader.areNamed ? 'names' : 'numbers';
  return { form, layout: 'csv', labels, parts: reader.partsFrom, notes: reader.notes };
}

/** A CSV that lies in a folder or an archive with others. */
export interface TableFile {
  /** Named in errors. */
  readonly path: string;
  readonly open: () => Promise<OpenedCsv>;
}

/**
 * Reads several CSV files, each of one part (`train.csv`, `val.csv`, `test.csv`). Those without labels are noted.
 * @throws FerlabError when none has labels, or only some name their classes
 */
export async function readCsvs(files: readonly TableFile[], collector: RowCollector): Promise<ReadOutcome> {
  const outcomes: { path: string; outcome: ReadOutcome }[] = [];
  const unlabelled: string[] = [];
  for (const [i, { path, open }] of files.entries()) {
    const opened = await open();
    const { head, bytes, close } = await peek(opened.bytes);
    const isLast = i === files.length - 1 && outcomes.length === 0;
    if (isUnlabelled(head, collector.spec) && !isLast) {
      unlabelled.push(basename(path));
      await close();
    } else outcomes.push({ path, outcome: await readCsv(path, { ...opened, bytes }, collector) });
  }
  const [first] = outcomes;
  const other = outcomes.find(({ outcome }) => outcome.labels !== first!.outcome.labels);
  if (other) throw mixedLabels(first!.path, other.path, first!.outcome.labels === 'names');
  const notes = [...first!.outcome.notes, ...noteOn('without labels', unlabelled)];
  if (outcomes.length === 1) return { ...first!.outcome, notes };
  return { ...first!.outcome, form: `${outcomes.length} CSV files`, parts: 'the names of the files', notes };
}

function isUnlabelled(head: Uint8Array, spec: DatasetSpec): boolean {
  const [line = ''] = Buffer.from(head).toString('utf8').split('\n');
  const header = parseHeader(line, spec, true);
  return isRefusal(header) && header.problem === WITHOUT_LABELS;
}

/** An error for parts of which only one names its classes. */
export function mixedLabels(one: string, other: string, isFirstNamed: boolean): FerlabError {
  const [names, numbers] = isFirstNamed ? [one, other] : [other, one];
  return new FerlabError(`${numbers}: its classes are numbers, those of ${names} have names`, {
    remedy: 'download both again from one place, or use one of them',
  });
}
