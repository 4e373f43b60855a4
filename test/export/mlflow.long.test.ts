// Runs alone: it installs and starts a tracking server
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { logRun, openExperiment } from '../../src/export/mlflow/log-run';
import { TrackingServer } from '../../src/export/mlflow/tracking-server';
import { projectRoot } from '../../src/paths';
import { openNetworkRun } from '../../src/run/open-run';
import { modelFolder } from '../../src/run/published-models';
import { freePort } from '../lab/lab-server';

const ENVIRONMENT = join(projectRoot(), '.cache/mlflow');
const BIN = join(ENVIRONMENT, 'bin');

/** A run as MLflow's own client reads it. */
interface ReadRun {
  readonly name: string;
  readonly status: string;
  readonly parameters: Record<string, string>;
  readonly tags: Record<string, string>;
  readonly metrics: Record<string, [step: number, value: number][]>;
  readonly artifacts: string[];
}

function run(program: string, words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: projectRoot(), encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

describe('a run on a tracking server of MLflow', { timeout: 20 * 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-mlflow-'));
  const model = openNetworkRun(modelFolder('strong-cnn-seed1'));
  let started: ChildProcess;
  let address = '';
  let server: TrackingServer;

  before(async () => {
    if (!existsSync(join(BIN, 'mlflow'))) {
      run(join(projectRoot(), '.venv/bin/python'), ['-m', 'venv', ENVIRONMENT]);
      run(join(BIN, 'pip'), ['install', '-q', '-r', 'requirements-mlflow.txt']);
    }
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    server = new TrackingServer(address);
    const words = ['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
    const stores = [
      '--backend-store-uri',
      `sqlite:///${folder}/runs.db`,
      '--artifacts-destination',
      join(folder, 'files'),
    ];
    started = spawn(join(BIN, 'mlflow'), [...words, ...stores], {
      cwd: folder,
      stdio: 'ignore',
      detached: true,
    });
    while (!(await isUp())) {
      assert.equal(started.exitCode, null);
      await delay(500);
    }
  });

  after(() => {
    process.kill(-started.pid!);
    rmSync(folder, { recursive: true, force: true });
  });

  const isUp = () =>
    fetch(`${address}/health`).then(
      ({ ok }) => ok,
      () => false,
    );

  function readRuns(experiment: string): ReadRun[] {
    const script = join(projectRoot(), 'test/export/read_mlflow.py');
    return JSON.parse(run(join(BIN, 'python'), [script, address, experiment])) as ReadRun[];
  }

  it('holds its settings, every epoch, its environment and its files, as the client of MLflow reads them', async () => {
    const experiment = await openExperiment(server, 'whole');
    const { hasFiles, wasThere } = await logRun(server, experiment, model);
    assert.deepEqual([hasFiles, wasThere], [true, false]);
    const [read, ...others] = readRuns('whole');
    assert.equal(others.length, 0);
    assert.deepEqual([read!.name, read!.status], ['strong-cnn-seed1', 'FINISHED']);
    const { config, weightsSha256 } = model.record;
    assert.equal(read!.parameters['augmentation.cutoutPixels'], String(config.augmentation.cutoutPixels));
    assert.deepEqual(JSON.parse(read!.parameters.imageSizes!), config.imageSizes);
    assert.equal(read!.tags['ferlab.weights_sha256'], weightsSha256);
    assert.deepEqual(
      read!.metrics['accuracy.validation'],
      model.history.map(({ epoch, valAccuracy }) => [epoch, valAccuracy]),
    );
    assert.deepEqual(read!.artifacts, ['config.json', 'confusion-matrix.png', 'history.json', 'record.json']);
  });

  it('is left as it is when it is logged again, and completed when it was cut off', async () => {
    const experiment = await openExperiment(server, 'again');
    const first = await logRun(server, experiment, model);
    assert.equal((await logRun(server, experiment, model)).wasThere, true);
    await server.post('/runs/update', { run_id: first.run, status: 'RUNNING' }, z.unknown());
    assert.deepEqual(await logRun(server, experiment, model), first);
    const [read, ...others] = readRuns('again');
    assert.equal(others.length, 0);
    assert.equal(read!.status, 'FINISHED');
    assert.equal(read!.metrics['loss.training']!.length, model.history.length);
  });

  it('tells what the server refuses', async () => {
    const experiment = await openExperiment(server, 'refused');
    await assert.rejects(
      server.post('/runs/log-batch', { run_id: 'none', metrics: [] }, z.unknown()),
      /answers with status 4\d\d: .*none/,
    );
    await assert.rejects(openExperiment(new TrackingServer(`${address}/nowhere`), 'x'), /status|answer/);
    assert.ok(experiment);
  });
});
