import { Command } from 'commander';
import { examine, formatFindings } from '../doctor/doctor';
import { EXIT } from '../errors';
import { printJson } from './options';

const EXAMPLES = `
Examples:
  ferlab doctor                      check everything, with a remedy for each problem
  ferlab doctor --json               print the findings as JSON
  FERLAB_DEVICE=gpu ferlab doctor    fails unless TensorFlow really computes on a GPU

The exit status is 1 if a check fails.`;

/** `ferlab doctor`: is everything there that the project needs, and does it work? */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Checks Node, TensorFlow, the device that computes, the notebook kernel, JupyterLab, fonts and data.',
    )
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { json?: boolean }) => {
      const findings = await examine();
      if (flags.json) printJson(findings);
      else process.stdout.write(formatFindings(findings));
      if (findings.some((finding) => finding.status === 'failed')) process.exitCode = EXIT.failure;
    });
}
