import { Command } from 'commander';
import { loadDataset } from '../dataset/load';
import { PAPER_DATASET } from '../dataset/specs';
import { EXIT, FerlabError } from '../errors';
import { tableUnreproduced, tableVerifications } from '../publish/verification-tables';
import { type Verification, type VerifyMemory, verifyModel } from '../publish/verify';
import { tableText } from '../report/formats/text';
import { modelFolder, modelNames, modelsFolder } from '../run/published-models';
import { DATA_HELP, printJson } from './options';

interface VerifyFlags {
  data?: string;
  models?: string;
  json?: boolean;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .argument('[models...]', 'names of published models; default: all')
    .option('--data <path>', DATA_HELP)
    .option('--models <folder>', 'folder of the published models; default: models/')
    .option('--json', 'print each number as published and as computed here, with its tolerance')
    .addHelpText(
      'after',
      `
Evaluates published weights again and reports which published numbers are reproduced. Any copy of the data with the
published labels and parts will do, in any order and as JPEG folders too; the number of images with other pixels is
reported. With identical pixels, counts must be equal and other numbers may differ by 0.0001. With other pixels, metrics
may differ by the width of their 95 % intervals, or by a quarter of it if less than a tenth of the images differ.
Downloads and changes nothing. The exit status is 1 if a number is not reproduced.

Examples:
  npx ferlab verify --data ${PAPER_DATASET.files?.tables[0]}
  npx ferlab verify strong-cnn-seed1 --json`,
    )
    .action(run);
}

async function run(chosen: readonly string[], flags: VerifyFlags): Promise<void> {
  const models = flags.models ?? modelsFolder();
  const names = chosen.length > 0 ? chosen : modelNames(models);
  if (names.length === 0) {
    throw new FerlabError(`${models}: no model is published`, {
      remedy: 'publish one with `ferlab publish`',
    });
  }
  const folders = names.map((name) => modelFolder(name, models));
  const dataset = await loadDataset({ path: flags.data });
  const verifications: Verification[] = [];
  const memory: VerifyMemory = new Map();
  for (const [i, name] of names.entries()) {
    process.stderr.write(`${name} (${i + 1} of ${names.length}) ...\n`);
    verifications.push(verifyModel(folders[i]!, dataset, memory));
  }
  if (flags.json) printJson(verifications);
  else process.stdout.write(describe(verifications));
  if (verifications.some(({ numbers }) => numbers.some(({ isReproduced }) => !isReproduced)))
    process.exitCode = EXIT.failure;
}

function describe(verifications: readonly Verification[]): string {
  const unreproduced = tableUnreproduced(verifications);
  const tables = [tableVerifications(verifications), ...(unreproduced ? [unreproduced] : [])];
  return `${tables.map(tableText).join('\n\n')}\n`;
}
