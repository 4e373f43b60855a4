import { Command } from 'commander';
import { FerlabError } from '../errors';
import { runOrModelFolder } from '../run/published-models';
import { printJson } from './options';

interface MlflowFlags {
  readonly server?: string;
  readonly experiment: string;
  readonly json?: boolean;
}

export function mlflowCommand(): Command {
  return new Command('mlflow')
    .argument('<runs...>', 'folders of runs, or names of published models')
    .option('--server <address>', 'of the tracking server; default: $MLFLOW_TRACKING_URI')
    .option('--experiment <name>', 'that the runs belong to; made where it is missing', 'ferlab')
    .option('--json', 'print where the runs lie as JSON')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Logs trained networks to an MLflow tracking server: settings, every epoch, the validation part, the environment, and the
run's record as artifacts. A run that is there already is not sent again; one that was cut off is completed. The test part
stays sealed. Credentials come from MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.

Examples:
  npx ferlab mlflow runs/NAME --server http://127.0.0.1:5000
  npx ferlab mlflow strong-cnn-seed1 paper-cnn-plain-seed1 --experiment published`;

async function run(
  names: readonly string[],
  { server: address, experiment, json }: MlflowFlags,
): Promise<void> {
  const { TrackingServer, trackingCredentials } = await import('../export/mlflow/tracking-server.js');
  const server = new TrackingServer(address ?? addressFromEnvironment(), trackingCredentials());
  const { openNetworkRun } = await import('../run/open-run.js');
  const runs = names.map((name) => openNetworkRun(runOrModelFolder(name)));
  const { logRun, openExperiment } = await import('../export/mlflow/log-run.js');
  const number = await openExperiment(server, experiment);
  const logged = [];
  for (const one of runs) {
    const place = { folder: one.folder, ...(await logRun(server, number, one)) };
    logged.push(place);
    if (json) continue;
    const how = place.wasThere ? 'is there already' : place.hasFiles ? 'logged' : 'logged without files';
    process.stdout.write(`${how}: ${one.folder}, ${server.pageOf(number, place.run)}\n`);
  }
  if (json) printJson(logged);
}

function addressFromEnvironment(): string {
  const address = process.env.MLFLOW_TRACKING_URI;
  if (address) return address;
  throw new FerlabError('no tracking server is named', {
    remedy: 'add --server http://127.0.0.1:5000, or set MLFLOW_TRACKING_URI',
  });
}
