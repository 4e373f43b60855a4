import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openCalibrated } from '../../src/predict/calibrated';
import type { NetworkRun } from '../../src/run/run';
import { liveWorker } from '../../src/site/live/files';
import { OpenDemo, statusOf } from './open-demo';

/** Images that go to the browser at once. */
const AT_ONCE = 200;

/** Run in the page: starts a worker as the page does, with what the page has loaded, and gives a function to ask it. */
const START = `
  const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const { runtime, detector, network } = globalThis.ferlab.live;
  const worker = new Worker(URL.createObjectURL(new Blob([SOURCE], { type: 'text/javascript' })));
  globalThis.ask = (request) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(request);
  });
  globalThis.recognizeAll = async (text, side) => {
    const images = bytesOf(text);
    const rows = [];
    for (let at = 0; at < images.length; at += side * side) {
      const pixels = images.slice(at, at + side * side);
      const picture = { pixels, width: side, height: side, channels: 1, notes: [] };
      const { result } = await ask({ kind: 'recognize', picture, searched: null });
      rows.push(Object.values(result.faces[0].probabilities));
    }
    return rows;
  };
  return ask({
    kind: 'open',
    parts: {
      runtime: bytesOf(runtime),
      network: { ...network, model: bytesOf(network.model) },
      detector: Object.fromEntries(Object.entries(detector).map(([name, text]) => [name, bytesOf(text)])),
    },
  });
`;

/** Probabilities [count, classes] of ready crops [count, side, side], by the worker of the live page in a browser. */
async function inBrowser(page: Page, images: Uint8Array, side: number): Promise<number[]> {
  const opened = await page.evaluate(
    `(() => {${START.replace('SOURCE', () => JSON.stringify(liveWorker()))}})()`,
  );
  assert.deepEqual(opened, { kind: 'opened' });
  const size = side * side;
  const probabilities: number[] = [];
  for (let start = 0; start < images.length; start += AT_ONCE * size) {
    const text = Buffer.from(images.subarray(start, start + AT_ONCE * size)).toString('base64');
    const rows = (await page.evaluate(`recognizeAll('${text}', ${side})`)) as number[][];
    probabilities.push(...rows.flat());
  }
  return probabilities;
}

/** The largest difference between the probabilities that the browser and TensorFlow give some ready crops. */
export async function largestDifference(
  chromium: string,
  images: Uint8Array,
  name?: string,
): Promise<{ largest: number; count: number }> {
  const demo = await OpenDemo.start(chromium, [], name);
  try {
    const page = await demo.open();
    await statusOf(page, /found/);
    const { side } = demo.network.run.record.dataset;
    const count = images.length / (side * side);
    const theirs = natively(demo.network.run, images, count);
    const ours = await inBrowser(page, images, side);
    assert.equal(ours.length, theirs.length);
    const largest = ours.reduce((most, one, i) => Math.max(most, Math.abs(one - theirs[i]!)), 0);
    return { largest, count };
  } finally {
    await demo.close();
  }
}

function natively(run: NetworkRun, images: Uint8Array, count: number): Float32Array {
  const classifier = openCalibrated(run);
  try {
    return classifier.predict(images, count, 'exact');
  } finally {
    classifier.dispose();
  }
}
