import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWeightFile } from '../../detect/weight-files';
import { encodeOnnx } from '../../export/onnx';
import { buildModel } from '../../model/models';
import { bundlePageScript } from '../../page-script';
import { projectRoot } from '../../paths';
import { fitTemperature } from '../../predict/temperature';
import { loadRunPredictions, loadWeights } from '../../run/open-run';
import type { NetworkRun } from '../../run/run';
import type { LiveNetwork } from '../client/live/messages';
import { LIVE_PARTS, LIVE_TABLE, liveScript, type PackedParts } from '../client/live/packed';
import { dataScript } from '../data/predictions';

/** Name of the licence of MTCNN's weights beside them. */
export const MTCNN_LICENCE = 'LICENSE-mtcnn.txt';

/** Writes the live page's script into `assets/`, and what it runs into `data/`. @param folder of the site */
export function writeLive(folder: string, run: NetworkRun): void {
  writeFileSync(
    join(folder, 'assets', 'live.js'),
    bundle('live.ts', { LIVE_WORKER: JSON.stringify(liveWorker()) }),
  );
  writeFileSync(join(folder, 'data', MTCNN_LICENCE), readWeightFile('LICENSE-mtcnn'));
  const parts = packParts(run);
  for (const part of LIVE_PARTS)
    writeFileSync(join(folder, liveScript(part)), dataScript(LIVE_TABLE, part, parts[part]));
}

/** The script of the worker that runs the networks. It has no address of its own: it is started from this text. */
export const liveWorker = () => bundle('live/worker.ts', { 'import.meta.url': 'self.location.href' });

/** A script of the page with what it imports. @param define expressions that take the place of names */
function bundle(name: string, define: Record<string, string>): string {
  return bundlePageScript(join(projectRoot(), 'src', 'site', 'client', name), { define });
}

/** What the page runs, as its data scripts carry it. */
function packParts(run: NetworkRun): PackedParts {
  const { model, ...described } = liveNetworkOf(run);
  return {
    runtime: base64(readFileSync(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'))),
    detector: {
      pnet: base64(readWeightFile('pnet.onnx')),
      rnet: base64(readWeightFile('rnet.onnx')),
      onet: base64(readWeightFile('onet.onnx')),
    },
    network: { ...described, model: base64(model) },
  };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** A published network as the page runs it. @throws FerlabError when its weights or predictions are missing */
export function liveNetworkOf(run: NetworkRun): LiveNetwork {
  const { dataset, config } = run.record;
  const { classes, side } = dataset;
  return {
    classes,
    side,
    temperature: fitTemperature(loadRunPredictions(run, 'validation')),
    views: config.testTimeViews,
    model: encodeOnnx(buildModel(config.model, { side, classes }), loadWeights(run), classes),
  };
}
