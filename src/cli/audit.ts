import { type AuditReport, type Claim, formatReport, formatSummary, reportPage } from '@ferlab/audit';
import { Command, InvalidArgumentError, Option } from 'commander';
import { auditClaim } from '../audit/audit';
import { readSources } from '../audit/read-source';
import { PAPER_DATASET } from '../dataset/specs';
import { EXIT, FerlabError } from '../errors';
import { writeWhole } from '../write-whole';
import { printNote } from './options';

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('expected seconds between 0 and 3600');
  return value;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}

interface AuditFlags {
  json?: boolean;
  html?: string;
  page?: string;
  timeLimit: number;
  failOn?: 'impossible' | 'undecided';
  title?: string;
  dataset?: string;
  part?: string;
  classes?: string;
  n?: number;
  runs?: number;
  folds?: number;
  rounding?: Claim['rounding'];
}

/** `ferlab audit`: can the numbers that a paper prints all be true? */
export function auditCommand(): Command {
  return new Command('audit')
    .argument('[file...]', 'claims (JSON) or tables (Markdown, LaTeX, CSV, HTML, text); - for standard input')
    .option('--json', 'print the whole report as JSON, one line for each claim')
    .option('--html <file>', 'write the report on one file as an HTML page')
    .option('--page <file>', 'write the auditor itself as one HTML page that works without a network')
    .option('--time-limit <seconds>', 'time limit for each file', seconds, 10)
    .addOption(
      new Option(
        '--fail-on <verdict>',
        `exit with status ${EXIT.verdict} if a file gets this verdict`,
      ).choices(['impossible', 'undecided']),
    )
    .option('--title <text>', 'title of a table')
    .option('--dataset <name>', `data set of a table, such as ${PAPER_DATASET.name}`)
    .option('--part <name>', 'part of the data set, such as PrivateTest')
    .option('--classes <names>', 'class names for a table without them, separated by commas')
    .option('--n <count>', 'number of evaluated items', count)
    .option(
      '--runs <count>',
      'number of runs over which the figures of a table are means; 1 for a single evaluation',
      count,
    )
    .option('--folds <count>', 'number of folds over which the figures of a table are means', count)
    .addOption(
      new Option('--rounding <kind>', 'how the figures of a table were rounded').choices([
        'nearest',
        'truncated',
        'up',
        'unknown',
      ]),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], flags: AuditFlags) => {
      if (flags.page) return writePage(flags.page);
      if (files.length === 0) {
        throw new FerlabError('no file is given to audit', {
          remedy: 'give a claim or a table, - for standard input, or --page FILE for the auditor as a page',
        });
      }
      if (flags.html && files.length > 1) {
        throw new FerlabError(`--html ${flags.html}: there are ${files.length} files to audit`, {
          remedy: 'write one page at a time',
        });
      }
      process.exitCode = await auditFiles(files, flags);
    });
}

async function writePage(file: string): Promise<void> {
  const { buildAuditPage } = await import('../audit/page/build.js');
  writeWhole(file, buildAuditPage());
  process.stdout.write(`${file}: open it in a browser\n`);
}

/** Audits every file, and goes on behind one that can't be read. */
async function auditFiles(files: readonly string[], flags: AuditFlags): Promise<number> {
  let status = 0;
  for (const file of files) {
    try {
      const verdicts = await auditFile(file, flags);
      if (verdicts.some((verdict) => isFailure(verdict, flags.failOn))) status ||= EXIT.verdict;
    } catch (error) {
      if (files.length === 1 || !(error instanceof FerlabError)) throw error;
      process.stderr.write(`ferlab: ${error.toString()}\n`);
      status = error.exitStatus;
    }
  }
  return status;
}

function isFailure(verdict: AuditReport['verdict'], failOn: AuditFlags['failOn']): boolean {
  if (failOn === undefined || verdict === 'consistent') return false;
  return verdict === 'impossible' || failOn === 'undecided';
}

/** Audits the claims of a file: one, or one for each system of a table. */
async function auditFile(file: string, flags: AuditFlags): Promise<AuditReport['verdict'][]> {
  const tables = readSources(file, {
    known: optionsOf(flags),
    onNote: printNote,
  });
  const reports: AuditReport[] = [];
  for (const table of tables) {
    reports.push(await auditClaim(table.claim, { timeLimitSeconds: flags.timeLimit / tables.length }));
  }
  const pages = reports.map((report, i) => ({ report, notes: tables[i]!.notes }));
  if (flags.html) writeWhole(flags.html, reportPage(pages)); // before the text, which would hide an error
  for (const { report, notes } of pages) {
    const text = flags.json ? JSON.stringify({ notes, ...report }) : formatReport(report, notes);
    process.stdout.write(`${text}\n`);
  }
  if (reports.length > 1 && !flags.json) process.stdout.write(formatSummary(reports));
  return reports.map(({ verdict }) => verdict);
}

/** What the figures of a table are means over. */
function aggregationOf({ runs, folds }: Pick<AuditFlags, 'runs' | 'folds'>): Claim['aggregation'] {
  if (runs !== undefined && folds !== undefined) {
    throw new FerlabError(`--runs ${runs} and --folds ${folds} are both given`, {
      remedy: 'give only the flag over which the figures are means',
    });
  }
  if (folds !== undefined) return { kind: 'folds', count: folds };
  if (runs === undefined) return undefined;
  return runs === 1 ? { kind: 'single' } : { kind: 'runs', count: runs };
}

/** What the command line says of a table. */
function optionsOf({ title, dataset, part, classes, n, runs, folds, rounding }: AuditFlags): Partial<Claim> {
  const aggregation = aggregationOf({ runs, folds });
  const all = {
    title,
    dataset,
    part,
    classes: classes?.split(',').map((name) => name.trim()),
    n,
    aggregation,
    rounding,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const EXAMPLES = `
Examples:
  ferlab audit claims/paper.json
  ferlab audit table.md results.tex --fail-on impossible
  ferlab audit - --dataset ${PAPER_DATASET.name} --part PrivateTest < report.txt
  ferlab audit --page auditor.html
  ferlab audit my-claim.json --html audit.html --time-limit 30

The verdict is 'impossible as printed' only if no confusion matrix yields the figures under any reading. Exit status: 0
if every file was audited, 2 if one can't be read, ${EXIT.verdict} if a file gets the verdict given with --fail-on.`;
