import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { DataFrame } from 'danfojs-node';
import { JSDOM } from 'jsdom';
import sharp from 'sharp';
import { drawCurves } from '../../src/notebook/curve-drawing';
import { openSlot } from '../../src/notebook/display';
import { drawImageGrid } from '../../src/notebook/image-grid';
import { interruptible } from '../../src/notebook/interrupt';
import type { DisplayContent, KernelBridge } from '../../src/notebook/kernel-bridge';
import { show, toBundle } from '../../src/notebook/show';
import { throttle } from '../../src/notebook/throttle';
import { TrainingView, trainingLine, trainingPanels } from '../../src/notebook/training-view';
import { arrayColumns } from '../../src/report/table';
import type { TrainingProgress } from '../../src/train/progress';

/** A kernel that keeps what it is told. */
const sent: { content: DisplayContent; update: boolean }[] = [];
let interrupt: (() => void) | undefined;
const bridge: KernelBridge = {
  display: (content, update) => sent.push({ content, update }),
  onInterrupt: (listener) => {
    interrupt = listener;
    return () => {
      interrupt = undefined;
    };
  },
};
const BRIDGE = Symbol.for('ferlab.kernel');
(globalThis as Record<symbol, unknown>)[BRIDGE] = bridge;
after(() => delete (globalThis as Record<symbol, unknown>)[BRIDGE]);
beforeEach(() => sent.splice(0));

const figure = {
  data: [{ type: 'bar', x: ['a', 'b'], y: [1, 3] }],
  layout: { title: { text: 'Bars' }, width: 400, height: 300 },
};

test('a figure is plotly JSON, a picture of its size, and text, in one output', async () => {
  await show(figure);
  const [{ content, update }] = sent as [(typeof sent)[0]];
  assert.equal(update, false);
  const plotly = content.data['application/vnd.plotly.v1+json'] as typeof figure;
  assert.deepEqual(plotly.data, figure.data);
  assert.equal(plotly.layout.width, undefined, 'Lab fits the figure to the page');
  assert.match(String(content.data['image/svg+xml']), /^<svg [^>]*width="400" height="300"/);
  assert.equal(content.data['image/png'], undefined, "Lab's plotly would show it instead of the figure");
  assert.equal(content.data['text/plain'], 'figure: Bars');
});

test('a figure has an alternative text with its title, kind, axes and series', async () => {
  const layout = { title: { text: '<b>Two</b> runs' }, xaxis: { title: { text: 'epoch' } }, yaxis: {} };
  const data = [{ name: 'a', y: [1] }, { name: 'b<br>c', y: [2] }, { type: 'bar' }];
  const { metadata } = await toBundle({ data, layout });
  assert.deepEqual(metadata?.['image/svg+xml'], {
    alt: 'Two runs; lines and points, bars; x axis: epoch; series: a, b c',
  });
});

test('a table is HTML whose cells are text, Markdown and text', async () => {
  const { data } = await toBundle({
    columns: arrayColumns(['a|b', '<i>']),
    rows: [['<b>&', 0.12345]],
    title: 'T',
  });
  const { document } = new JSDOM(String(data['text/html'])).window;
  assert.deepEqual(
    [...document.querySelectorAll('th')].map((cell) => cell.textContent),
    ['a|b', '<i>'],
  );
  assert.equal(document.querySelector('td')!.textContent, '<b>&');
  assert.match(String(data['text/markdown']), /a\\\|b/);
  assert.match(String(data['text/plain']), /^T\n/);
});

test('a Danfo frame is a table; its index is shown if it says more than the row', async () => {
  const frame = new DataFrame(
    [
      [1, 'x'],
      [2, 'y'],
    ],
    { columns: ['n', 'c'] },
  );
  const { data } = await toBundle(frame);
  const { document } = new JSDOM(String(data['text/html'])).window;
  assert.deepEqual(
    [...document.querySelectorAll('td')].map((cell) => cell.textContent),
    ['1', 'x', '2', 'y'],
  );
  const named = new DataFrame([[1]], { columns: ['n'], index: ['row'] });
  assert.match(String((await toBundle(named)).data['text/plain']), /row +1/);
});

test('a grid of images is a grey picture that says whether it shows people', async () => {
  const images = new Uint8Array(3 * 48 * 48).fill(200, 48 * 48);
  const grid = { title: 'Faces', images, side: 48, columns: 2, captions: ['a', '"b"', 'c'], people: true };
  const { data, metadata } = await toBundle(grid);
  assert.match(String(data['text/plain']), /Faces: 3 images \(a, "b", c\)/);
  assert.deepEqual(metadata, { 'image/jpeg': { alt: data['text/plain'] }, ferlab: { people: true } });
  const { document } = new JSDOM(String(data['text/html'])).window;
  const { alt, src } = document.querySelector('img')!;
  assert.equal(alt, data['text/plain']);
  assert.equal(src, `data:image/jpeg;base64,${data['image/jpeg']}`);
  const { data: pixels, info } = await sharp(await drawImageGrid(grid))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => pixels[(y * info.width + x) * info.channels]!;
  assert.ok(at(36, 62) < 12, 'the first image is black');
  assert.ok(Math.abs(at(36 + 78, 62) - 200) < 6, 'the second is grey');
  assert.ok(at(info.width - 3, info.height - 3) > 250, 'the ground is white');
});

test('a title that is wider than its images is not cut off', async () => {
  const title = 'One face through three filters of yours (synthetic sample), W';
  const grid = { title, images: new Uint8Array(4), side: 2, columns: 1, people: false };
  const { data, info } = await sharp(await drawImageGrid(grid))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const column = (x: number) => Array.from({ length: 24 }, (_, y) => data[y * info.width + x]!);
  assert.ok(Math.min(...column(info.width - 1), ...column(info.width - 2)) > 230);
  assert.ok(info.width > 420);
});

const HOSTILE = 'a & b <c> "d" \u0007.csv';

/** The text of a picture in SVG. @throws when it is no XML */
function textOfSvg(svg: string): string {
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
  return document.documentElement.textContent!;
}

test('pictures show any text as it is, whatever it is made of', async () => {
  const view = new TrainingView(HOSTILE);
  view.update(progress({ isEpochEnd: true }));
  const svg = String(sent[0]!.content.data['image/svg+xml']);
  assert.match(textOfSvg(svg), /epoch \(a & b <c> "d" \ufffd\.csv\)/);
  const curve = { name: HOSTILE, color: '"/>', points: [[1, 1]] as const };
  const drawn = drawCurves([{ title: HOSTILE, curves: [curve] }], { title: HOSTILE, end: 1 });
  assert.equal(textOfSvg(drawn).split('a & b <c> "d" \ufffd.csv').length, 4);
  const grid = {
    title: HOSTILE,
    images: new Uint8Array(4),
    side: 2,
    columns: 1,
    captions: [HOSTILE],
    people: false,
  };
  assert.ok((await drawImageGrid(grid)).length > 0);
});

test('a slot is one output that is written again', () => {
  const slot = openSlot();
  slot.write({ data: { 'text/plain': '1' } });
  slot.write({ data: { 'text/plain': '2' } });
  assert.deepEqual(
    sent.map(({ update }) => update),
    [false, true],
  );
  assert.equal(sent[0]!.content.transient.display_id, sent[1]!.content.transient.display_id);
});

test('a throttled call passes at most once in its time', () => {
  let now = 0;
  const passed: number[] = [];
  const call = throttle(
    (value: number) => passed.push(value),
    500,
    () => now,
  );
  for (; now < 2000; now += 100) call(now);
  assert.deepEqual(passed, [0, 500, 1000, 1500]);
});

const progress = (more: Partial<TrainingProgress>): TrainingProgress => ({
  epoch: 2,
  epochs: 4,
  step: 5,
  steps: 10,
  loss: 1.5,
  accuracy: 0.4,
  valLoss: 1.7,
  valAccuracy: 0.3,
  imagesPerSecond: 250,
  secondsLeft: 75,
  isEpochEnd: false,
  history: [{ epoch: 1, learningRate: 0.1, loss: 1.9, accuracy: 0.2, valLoss: 1.7, valAccuracy: 0.3 }],
  ...more,
});

test('live curves are two outputs, redrawn at most twice a second, and end as the figure', async () => {
  const view = new TrainingView('synthetic sample');
  for (let step = 1; step <= 200; step++) view.update(progress({ step: step % 10 }));
  assert.equal(sent.length, 2, 'one picture and one line');
  assert.match(String(sent[0]!.content.data['image/svg+xml']), /^<svg .*synthetic sample.*<\/svg>$/s);
  view.update(progress({ isEpochEnd: true }));
  view.finish(await toBundle(figure));
  const ids = new Set(sent.map(({ content }) => content.transient.display_id));
  assert.equal(ids.size, 2);
  assert.ok(sent.at(-1)!.update && 'application/vnd.plotly.v1+json' in sent.at(-1)!.content.data);
});

test('the line of progress says how far, how good, how fast and how long', () => {
  assert.equal(
    trainingLine(progress({})),
    'epoch 2/4, step 5/10: loss 1.500, accuracy 40.0 %, validation accuracy 30.0 %, 250 images/s, 1 min 15 s left',
  );
});

test('the line of the last epoch leaves no time over, and its first batches draw no point', () => {
  assert.doesNotMatch(trainingLine(progress({ epoch: 4, isEpochEnd: true })), /left/);
  const points = (step: number) => trainingPanels(progress({ step, steps: 100 }))[0]!.curves[0]!.points;
  assert.deepEqual(points(9), [[1, 1.9]]);
  assert.deepEqual(points(10), [
    [1, 1.9],
    [1.1, 1.5],
  ]);
});

test('an interrupt aborts the signal, and the work ends in its own time', async () => {
  const ended = interruptible(
    (signal) =>
      new Promise((fulfil) => signal.addEventListener('abort', () => setTimeout(fulfil, 10, 'checkpoint'))),
  );
  interrupt!();
  assert.equal(await ended, 'checkpoint');
  assert.equal(interrupt, undefined, 'the listener is gone');
});
