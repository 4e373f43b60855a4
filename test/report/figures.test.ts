import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { JSDOM } from 'jsdom';
import sharp from 'sharp';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { plotConfusion } from '../../src/report/figures/confusion';
import { reportFigures } from '../../src/report/figures/list';
import { plotPerClass } from '../../src/report/figures/per-class';
import { BLUES } from '../../src/report/figures/theme';
import { FigureDrawer, svgToPng } from '../../src/report/static/draw';
import { temporaryFolder } from '../temporary';
import { EDGE_CASES, fakeResults } from './fake-run';
import { letteringDefects, wordsOf } from './lettering';

/** The rows of the paper's tables, top to bottom: its names, and the labels of the data set. */
const PAPER_ROWS = [
  { name: 'Happiness', label: 3 },
  { name: 'Sadness', label: 4 },
  { name: 'Anger', label: 0 },
  { name: 'Fear', label: 2 },
  { name: 'Disgust', label: 1 },
  { name: 'Surprise', label: 5 },
  { name: 'Neutral', label: 6 },
];

const drawer = new FigureDrawer();
after(() => drawer.close());
const usual = fakeResults(temporaryFolder(), {
  protocol: 'paper-deduplicated',
  seed: 123456,
  kind: 'synthetic',
});
const figures = reportFigures(usual);

interface Bars {
  name: string;
  y: number[];
  text?: string[];
  error_y?: { array: number[]; arrayminus: number[] };
}

test('Figures 2 to 5 by caption and by text', () => {
  const titles = Object.fromEntries(
    Object.entries(figures).map(([name, { layout }]) => [name, layout.title!.text]),
  );
  assert.match(
    titles['figure-2-accuracy-by-caption']!,
    /^Fig\. 2 by its caption \(the text says precision\)\. Accuracy/,
  );
  assert.match(
    titles['figure-2-precision-by-text']!,
    /^Fig\. 2 by the text \(its caption says accuracy\)\. Precision/,
  );
  assert.match(titles['figure-3-recall']!, /^Fig\. 3\. Recall/);
  assert.match(titles['figure-4-f1']!, /^Fig\. 4\. F1/);
  assert.match(titles['figure-5-accuracy']!, /^Fig\. 5\. Accuracy/);
  for (const title of Object.values(titles)) assert.match(title, /synthetic sample/);
});

test('a legend is not cut off where wider letters than ours would end', async () => {
  const { document } = new JSDOM(await drawer.svg(figures['figure-3-recall']!)).window;
  assert.ok(document.querySelectorAll('.legend .legendtext').length > 1);
  assert.equal(document.querySelectorAll('.legend [clip-path]').length, 0);
});

test("bars are the paper's numbers and ours, with our intervals", () => {
  const [paper, text, ours] = plotPerClass(usual, 'recall').data as Bars[];
  assert.deepEqual(paper!.y, [0.85, 0.71, 0.68, 0.62, 0.59, 0.8, 0.76]);
  assert.deepEqual(text!.y, [0.85, 0.72, 0.69, 0.63, 0.6, 0.81, 0.77]);
  const { metrics, intervals } = usual.test;
  assert.deepEqual(
    ours!.y,
    PAPER_ROWS.map(({ label }) => metrics.perClass[label]!.recall),
  );
  const [low, high] = intervals.perClass[PAPER_ROWS[4]!.label]!.recall;
  assert.equal(ours!.y[4]! + ours!.error_y!.array[4]!, high);
  assert.ok(Math.abs(ours!.y[4]! - ours!.error_y!.arrayminus[4]! - low) < 1e-12);
});

test('an undefined metric is a dash without an interval', () => {
  const happy = fakeResults(temporaryFolder(), EDGE_CASES['a run that always says Happy']);
  const [, ours] = plotPerClass(happy, 'precision').data as Bars[];
  assert.deepEqual(ours!.text, ['', '–', '–', '–', '–', '–', '–']);
  assert.deepEqual(ours!.error_y!.array.slice(1), [0, 0, 0, 0, 0, 0]);
});

test('the colours of the confusion matrix go from light to dark', () => {
  const lightness = BLUES.map(([, hex]) =>
    [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(hex.slice(at, at + 2), 16), 0),
  );
  assert.deepEqual(
    lightness,
    [...lightness].sort((a, b) => b - a),
  );
});

test('the numbers in the confusion matrix stand out from their ground', () => {
  const [heatmap, ...texts] = plotConfusion(usual).data as [
    { z: number[][] },
    ...{ text: string[]; textfont: { color: string } }[],
  ];
  const cells = texts.flatMap(({ text, textfont }) =>
    text.map((words) => [Number.parseInt(words, 10) / 100, textfont.color] as const),
  );
  assert.equal(cells.length, 49);
  assert.equal(heatmap.z.length, 7);
  for (const [share, color] of cells) {
    assert.ok(contrast(color, colorAt(share)) >= 3.4, `${share}: ${contrast(color, colorAt(share))}`);
  }
});

test('every figure: all labels are there, none is cut or lies over another', async () => {
  for (const [name, figure] of Object.entries(figures)) {
    const svg = await drawer.svg(figure);
    assert.deepEqual(letteringDefects(svg), [], name);
    const texts = wordsOf(svg).words.map(({ text }) => text);
    assert.ok(
      texts.some((text) => text.startsWith(figure.layout.title!.text)),
      name,
    );
    const classes =
      name === 'confusion-matrix' || name === 'by-class'
        ? FER2013.classes
        : /figure|class/.test(name)
          ? PAPER_ROWS.map((row) => row.name)
          : [];
    for (const label of classes) assert.ok(texts.includes(label), `${name}: ${label}`);
    for (const trace of figure.data as { name?: string; showlegend?: boolean }[]) {
      if (trace.name && trace.showlegend !== false)
        assert.ok(texts.includes(trace.name), `${name}: ${trace.name}`);
    }
  }
});

test('the same figure is drawn to the same text, and two figures share no id', async () => {
  const [f1, recall] = [figures['figure-4-f1']!, figures['figure-3-recall']!];
  const svg = await drawer.svg(f1);
  assert.equal(await drawer.svg(f1), svg);
  const other = new FigureDrawer();
  assert.equal(await other.svg(f1), svg);
  other.close();
  const ids = (text: string) => [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
  const others = new Set(ids(await drawer.svg(recall)));
  assert.deepEqual(
    ids(svg).filter((id) => others.has(id)),
    [],
  );
});

test('the PNG is the drawing at the scale that was asked for, on white', async () => {
  const png = await svgToPng(await drawer.svg(figures['figure-4-f1']!), 2);
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [1520, 880]);
  assert.deepEqual([...data.subarray(0, 3)], [255, 255, 255]);
});

test('a label that lies over another, or runs out of the picture, is found', async () => {
  const recall = figures['figure-3-recall']!;
  const changed = async (layout: object) =>
    letteringDefects(await drawer.svg({ ...recall, layout: { ...recall.layout, ...layout } }));
  assert.ok((await changed({ width: 400 })).some((defect) => defect.startsWith('cut: Fig. 3')));
  const words = ['first words', 'second words'].map((text) => ({ text, x: 3, y: 0.95, showarrow: false }));
  assert.ok((await changed({ annotations: words })).includes('over each other: first words / second words'));
});

/** Relative luminance and contrast ratio of WCAG 2. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
      const value = Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16) / 255;
      return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour of a share in the scale, between its stops. */
function colorAt(share: number): string {
  const upper = Math.max(
    1,
    BLUES.findIndex(([stop]) => stop >= share),
  );
  const [[from, low], [to, high]] = [BLUES[upper - 1]!, BLUES[upper]!];
  const part = (share - from) / (to - from);
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return `#${[1, 3, 5]
    .map((at) =>
      Math.round(channel(low, at) + part * (channel(high, at) - channel(low, at)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
