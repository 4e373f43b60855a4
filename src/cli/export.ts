import { Command, Option } from 'commander';
import type { WeightTensor } from '../engine/weights';
import { FerlabError } from '../errors';
import { exportOnnx } from '../export/onnx';
import { exportSavedModel } from '../export/saved-model';
import type { ModelDefinition } from '../model/definition';
import { buildModel } from '../model/models';
import { loadWeights, openRun } from '../run/open-run';
import { runOrModelFolder } from '../run/published-models';
import type { NetworkRun } from '../run/run';
import { printJson } from './options';

/** What writes a format; it gives the paths of the files. */
const EXPORTS = {
  tfjs: async (definition, weights, { path, classes }) =>
    (await import('../export/tfjs.js')).exportTfjs(definition, weights, { folder: path, classes }),
  'saved-model': async (definition, weights, { path }) => [exportSavedModel(definition, weights, path)],
  onnx: async (definition, weights, place) => {
    exportOnnx(definition, weights, place);
    return [place.path];
  },
} satisfies Record<string, Exporter>;

type Exporter = (
  definition: ModelDefinition,
  weights: readonly WeightTensor[],
  place: { path: string; classes: readonly string[] },
) => Promise<string[]>;

type Format = keyof typeof EXPORTS;

interface ExportFlags {
  format: Format;
  out: string;
  json?: boolean;
}

export function exportCommand(): Command {
  return new Command('export')
    .argument('<model>', 'name of a published model, or folder of a run')
    .addOption(
      new Option('--format <format>', 'of the files').choices(Object.keys(EXPORTS)).makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'folder for tfjs and saved-model, file for ONNX')
    .option('--json', 'print the paths as JSON')
    .addHelpText(
      'after',
      `
All formats take images [batch, side, side, 1] with grey levels divided by 255. They give the probabilities of the
classes, whose names the files contain, for a single view of each image and without a temperature. Models that end in
global pooling also take images of other sizes.

Examples:
  npx ferlab export strong-cnn-seed1 --format onnx --out strong-cnn.onnx
  npx ferlab export runs/NAME --format tfjs --out web/model           # tf.loadLayersModel('model/model.json')`,
    )
    .action(run);
}

async function run(model: string, { format, out, json }: ExportFlags): Promise<void> {
  const trained = openExportable(runOrModelFolder(model));
  const weights = loadWeights(trained);
  const { classes, side } = trained.record.dataset;
  const definition = buildModel(trained.record.config.model, { side, classes });
  const paths = await EXPORTS[format](definition, weights, { path: out, classes });
  if (json) printJson({ paths });
  else process.stdout.write(`${paths.join('\n')}\n`);
}

function openExportable(folder: string): NetworkRun {
  const run = openRun(folder);
  if (run.kind === 'network') return run;
  if (run.kind === 'baseline') {
    throw new FerlabError(`${folder}: a baseline has no network to export`, {
      remedy: 'export the run of a network',
    });
  }
  throw new FerlabError(`${folder}: an ensemble can't be exported as one network`, {
    remedy: `export its members, ${run.record.members.join(', ')}, and take the mean of their probabilities`,
  });
}
