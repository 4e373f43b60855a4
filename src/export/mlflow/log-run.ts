import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { EpochResult } from '../../run/history';
import { leafText, leavesByPath } from '../../run/leaves';
import { describeMachines } from '../../run/machine';
import { loadRunPredictions } from '../../run/open-run';
import { countHits } from '../../run/predictions';
import { machinesOf } from '../../run/record';
import type { NetworkRun } from '../../run/run';
import { confusionPicture } from '../tensorboard/confusion-picture';
import type { TrackingServer } from './tracking-server';

/** What one request of the interface may carry. */
const LIMITS = { metrics: 1000, params: 100 } as const;

/** Files of a run that a reader of its numbers wants. */
const FILES = ['config.json', 'history.json', 'record.json'];

/** A tag by which a run is found again: two trainings leave different weights. */
const WEIGHTS_TAG = 'ferlab.weights_sha256';

const nothing = z.unknown();
const experimentSchema = z.object({ experiment: z.object({ experiment_id: z.string() }) });
const createdSchema = z.object({ experiment_id: z.string() });
const info = z.object({ run_id: z.string(), status: z.string(), artifact_uri: z.string() });
const runSchema = z.object({ run: z.object({ info }) });
const foundSchema = z.object({ runs: z.array(z.object({ info })).optional() });

/** Where a run lies on a server. */
export interface LoggedRun {
  readonly experiment: string;
  readonly run: string;
  /** Nothing was sent: the whole run was there already. */
  readonly wasThere: boolean;
  /** False where the server leaves artifacts to a storage of its own, which is not written to. */
  readonly hasFiles: boolean;
}

/** The number of an experiment, which is made where there is none of the name. */
export async function openExperiment(server: TrackingServer, name: string): Promise<string> {
  const found = await server.get('/experiments/get-by-name', { experiment_name: name }, experimentSchema);
  if (found) return found.experiment.experiment_id;
  return (await server.post('/experiments/create', { name }, createdSchema)).experiment_id;
}

/**
 * Logs a trained network: its settings as parameters, each epoch and the validation part as metrics, its environment as
 * tags, its record and the confusion matrix of the validation part as artifacts. A run that is there already is left as it
 * is; one that was cut off is completed.
 * @throws FerlabError when the server refuses something or can't be reached
 */
export async function logRun(
  server: TrackingServer,
  experiment: string,
  run: NetworkRun,
): Promise<LoggedRun> {
  const found = await findRun(server, experiment, run);
  const logged = found ?? (await createRun(server, experiment, run));
  const hasFiles = logged.artifact_uri.startsWith('mlflow-artifacts:');
  const place = { experiment, run: logged.run_id, hasFiles };
  if (found?.status === 'FINISHED') return { ...place, wasThere: true };
  for (const batch of batchesOf(run))
    await server.post('/runs/log-batch', { run_id: logged.run_id, ...batch }, nothing);
  if (hasFiles) await sendFiles(server, `${experiment}/${logged.run_id}/artifacts`, run);
  const end_time = Date.parse(run.record.finishedAt);
  await server.post('/runs/update', { run_id: logged.run_id, status: 'FINISHED', end_time }, nothing);
  return { ...place, wasThere: false };
}

async function findRun(server: TrackingServer, experiment: string, { record }: NetworkRun) {
  const filter = `tags.\`${WEIGHTS_TAG}\` = '${record.weightsSha256}'`;
  const found = await server.post('/runs/search', { experiment_ids: [experiment], filter }, foundSchema);
  return found.runs?.[0]?.info;
}

async function createRun(server: TrackingServer, experiment_id: string, run: NetworkRun) {
  const { startedAt } = run.record;
  const body = {
    ...{ experiment_id, run_name: basename(run.folder), start_time: Date.parse(startedAt) },
    tags: Object.entries(tagsOf(run)).map(([key, value]) => ({ key, value })),
  };
  return (await server.post('/runs/create', body, runSchema)).run.info;
}

function tagsOf({ record }: NetworkRun): Record<string, string> {
  const [start] = record.environments;
  return {
    [WEIGHTS_TAG]: record.weightsSha256,
    'ferlab.data_sha256': record.dataset.sha256,
    'ferlab.machines': describeMachines(machinesOf(record)),
    ...(start?.commit ? { 'mlflow.source.git.commit': start.commit } : {}),
    'mlflow.source.type': 'PROJECT',
    'mlflow.source.name': 'ferlab',
  };
}

/** Parameters and metrics, in pieces that one request may carry. */
function batchesOf(run: NetworkRun): object[] {
  const params = Object.entries(leavesByPath({ ...run.record.config, counts: run.record.counts }));
  const metrics = [...run.history.flatMap((epoch) => metricsOf(epoch, run)), ...summaryOf(run)];
  return [
    ...pieces(params, LIMITS.params).map((some) => ({
      params: some.map(([key, leaf]) => ({ key, value: leafText(leaf) })),
    })),
    ...pieces(metrics, LIMITS.metrics).map((some) => ({ metrics: some })),
  ];
}

interface Metric {
  readonly key: string;
  readonly value: number;
  readonly step: number;
  /** Milliseconds. A history holds no times, so all bear that of the end. */
  readonly timestamp: number;
}

function metricsOf({ epoch, ...values }: EpochResult, { record }: NetworkRun): Metric[] {
  const named = {
    'loss.training': values.loss,
    'loss.validation': values.valLoss,
    'accuracy.training': values.accuracy,
    'accuracy.validation': values.valAccuracy,
    learning_rate: values.learningRate,
  };
  const timestamp = Date.parse(record.finishedAt);
  return Object.entries(named).map(([key, value]) => ({ key, value, step: epoch, timestamp }));
}

/** The best epoch over the test-time views, and what the training cost. */
function summaryOf(run: NetworkRun): Metric[] {
  const { record } = run;
  const predictions = loadRunPredictions(run, 'validation');
  const values = {
    'best.accuracy.validation': countHits(predictions) / predictions.labels.length,
    training_seconds: record.trainingSeconds,
    images_per_second: record.imagesPerSecond,
    parameters: record.parameters,
  };
  const timestamp = Date.parse(record.finishedAt);
  return Object.entries(values).map(([key, value]) => ({ key, value, step: record.bestEpoch, timestamp }));
}

async function sendFiles(server: TrackingServer, place: string, run: NetworkRun): Promise<void> {
  for (const name of FILES)
    await server.putArtifact(`${place}/${name}`, new Uint8Array(readFileSync(join(run.folder, name))));
  const { png } = await confusionPicture(run);
  await server.putArtifact(`${place}/confusion-matrix.png`, new Uint8Array(png));
}

function pieces<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size),
  );
}
