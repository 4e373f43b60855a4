import { formatReport, reportPage } from '@ferlab/audit';
import { Command, InvalidArgumentError } from 'commander';
import { auditClaim } from '../audit/audit';
import { readClaim } from '../audit/read-claim';
import { writeWhole } from '../write-whole';

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('expected seconds between 0 and 3600');
  return value;
}

interface AuditFlags {
  json?: boolean;
  html?: string;
  timeLimit: number;
}

/** `ferlab audit`: can the numbers that a paper prints all be true? */
export function auditCommand(): Command {
  return new Command('audit')
    .argument('<claim>', 'claim file (JSON; the schema is claims/claim.schema.json)')
    .option('--json', 'print the whole report as JSON')
    .option('--html <file>', 'write the report as an HTML page')
    .option('--time-limit <seconds>', 'time for the search for a confusion matrix', seconds, 10)
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, flags: AuditFlags) => {
      const report = await auditClaim(readClaim(path), { timeLimitSeconds: flags.timeLimit });
      if (flags.html) writeWhole(flags.html, reportPage(report));
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report));
    });
}

const EXAMPLES = `
Examples:
  ferlab audit claims/paper.json
  ferlab audit claims/khaireddin-2021-public-test.json --json
  ferlab audit my-claim.json --html audit.html --time-limit 30

The verdict is 'impossible as printed' only if no confusion matrix yields the figures under any reading.`;
