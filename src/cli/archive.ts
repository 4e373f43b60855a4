import { Command } from 'commander';
import { archiveProject } from '../archive/archive';
import { projectRoot } from '../paths';
import { printJson } from './options';

export function archiveCommand(): Command {
  return new Command('archive')
    .option('--out <file>', 'where the zip goes', 'ferlab.crate.zip')
    .option('--json', 'print commit, size and SHA-256 as JSON')
    .addHelpText(
      'after',
      `
Makes a zip of the committed files that is an RO-Crate, ready to be deposited for a DOI. Each published model has a run
crate, which names its settings, its data by checksum, its commit and its times. The same commit gives the same bytes.
The data is not part of it: a commit that holds its images is refused.

Example:
  npx ferlab archive --out ferlab-0.1.0.crate.zip`,
    )
    .action(async ({ out, json }: { out: string; json?: boolean }) => {
      const archive = await archiveProject(projectRoot(), out);
      if (json) printJson(archive);
      else {
        const { path, files, bytes, commit, sha256 } = archive;
        const size = (bytes / 1e6).toFixed(1);
        process.stdout.write(`${path}: ${files} files, ${size} MB, of commit ${commit}\nsha256 ${sha256}\n`);
      }
    });
}
