import { EMOTIONS, PAPER_ROWS } from '../dataset/emotions';
import { OFFICIAL_COUNTS } from '../dataset/evidence';
import type { Interval } from '../evaluate/intervals';
import type { ClassMetric } from '../evaluate/metrics';
import type { RunRecord } from '../train/record';
import type { Figure } from './figure';
import { METRIC_NAMES, PAPER_SAMPLES, PAPER_TEXT_RECALL, type PaperTable, paperTable } from './paper';
import { type Results, titled } from './results';
import { axis, BLUES, COLORS, themed } from './theme';

const NAMES = PAPER_ROWS.map(({ name }) => name);
const LABELS = PAPER_ROWS.map(({ label }) => label);

/** Bars of a metric by class: the paper's printed values beside ours with their 95 % intervals. */
export function plotPerClass(results: Results, metric: PaperTable['metric'], prefix = ''): Figure {
  const paper = paperTable(metric);
  const heading = `${prefix}${METRIC_NAMES[metric]} by class: paper and ours`;
  return themed(
    titled(heading, results),
    [
      paperBars('Paper', paper.values, '/'),
      ...(metric === 'recall' ? [paperBars("Paper's text on Fig. 3", PAPER_TEXT_RECALL, '.')] : []),
      ...ourBars(results, metric),
    ],
    {
      barmode: 'group',
      xaxis: axis(''),
      yaxis: axis(METRIC_NAMES[metric], { range: [0, 1.02], tickformat: '.1f', dtick: 0.2 }),
    },
  );
}

function paperBars(name: string, values: readonly string[], shape: string): object {
  return {
    type: 'bar',
    name,
    x: NAMES,
    y: LABELS.map((label) => Number(values[label])),
    marker: {
      color: '#FFFFFF',
      line: { color: COLORS.ink, width: 1 },
      pattern: { shape, fgcolor: COLORS.ink, size: 6 },
    },
  };
}

function ourBars(results: Results, metric: PaperTable['metric']): object[] {
  if (metric !== 'accuracy') return [ourBar(results, metric, 'Ours, 95 % interval', COLORS.ours)];
  return [
    ourBar(results, 'oneVsRestAccuracy', 'Ours, one-vs-rest', COLORS.ours),
    ourBar(results, 'recall', 'Ours, recall', COLORS.second),
  ];
}

function ourBar(results: Results, metric: ClassMetric, name: string, color: string): object {
  const { metrics, intervals } = results.test;
  const values = LABELS.map((label) => metrics.perClass[label]![metric]);
  const ranges = LABELS.map((label) => intervals.perClass[label]![metric]);
  return { type: 'bar', name, x: NAMES, y: values, marker: { color }, error_y: errorBars(values, ranges) };
}

function errorBars(values: readonly number[], ranges: readonly Interval[]): object {
  return {
    type: 'data',
    symmetric: false,
    array: ranges.map(([, high], i) => high - values[i]!),
    arrayminus: ranges.map(([low], i) => values[i]! - low),
    color: COLORS.ink,
    thickness: 1.2,
    width: 3,
  };
}

/** Confusion matrix of the test part: colour and percentages by row, counts below them. */
export function plotConfusion(results: Results): Figure {
  const { confusion, count } = results.test;
  const rates = confusion.map((row) => {
    const support = row.reduce((sum, cell) => sum + cell, 0);
    return row.map((cell) => (support === 0 ? 0 : cell / support));
  });
  const text = confusion.map((row, i) =>
    row.map((cell, j) => `${(100 * rates[i]![j]!).toFixed(0)} %<br>${cell}`),
  );
  const heatmap = {
    type: 'heatmap',
    x: EMOTIONS,
    y: EMOTIONS,
    z: rates,
    zmin: 0,
    zmax: 1,
    text,
    texttemplate: '%{text}',
    textfont: { size: 11 },
    hovertemplate: 'true %{y}, predicted %{x}: %{text}<extra></extra>',
    colorscale: BLUES,
    xgap: 1,
    ygap: 1,
    colorbar: { title: { text: 'share of the row', side: 'right' }, tickformat: '.0%', thickness: 14 },
  };
  return themed(
    titled(`Confusion matrix, ${count} test images: share of each true class and count`, results),
    [heatmap],
    {
      width: 760,
      height: 620,
      margin: { l: 84, r: 24, t: 64, b: 64 },
      xaxis: axis('predicted', { showgrid: false }),
      yaxis: axis('true', { showgrid: false, autorange: 'reversed' }),
    },
  );
}

/** Loss and accuracy by epoch, on training images (augmented, with dropout) and on the validation part. */
export function plotTrainingCurves(
  results: Pick<Results, 'history' | 'isSynthetic'> & { readonly record: Pick<RunRecord, 'bestEpoch'> },
): Figure {
  const { history, record } = results;
  const epochs = history.map(({ epoch }) => epoch);
  const line = (
    name: string,
    key: 'loss' | 'valLoss' | 'accuracy' | 'valAccuracy',
    color: string,
    panel: string,
  ) => ({
    type: 'scatter',
    mode: 'lines+markers',
    name,
    showlegend: panel === '',
    x: epochs,
    y: history.map((epoch) => epoch[key]),
    line: { color, width: 2, dash: name === 'training' ? 'dash' : 'solid' },
    marker: { size: history.length > 20 ? 3 : 6, symbol: name === 'training' ? 'circle-open' : 'circle' },
    xaxis: `x${panel}`,
    yaxis: `y${panel}`,
  });
  return themed(
    titled(`Training curves; best epoch ${record.bestEpoch} by validation accuracy`, results),
    [
      line('training', 'loss', COLORS.second, ''),
      line('validation', 'valLoss', COLORS.ours, ''),
      line('training', 'accuracy', COLORS.second, '2'),
      line('validation', 'valAccuracy', COLORS.ours, '2'),
    ],
    {
      width: 860,
      xaxis: axis('epoch', { domain: [0, 0.44], dtick: tick(history.length) }),
      yaxis: axis('cross-entropy'),
      xaxis2: axis('epoch', { domain: [0.56, 1], anchor: 'y2', dtick: tick(history.length) }),
      yaxis2: axis('accuracy', { anchor: 'x2', tickformat: '.0%' }),
    },
  );
}

const tick = (epochs: number) => Math.max(1, Math.ceil(epochs / 8));

/** Images of each class: the paper's samples column beside the official counts and the run's test part. */
export function plotClassDistribution(results: Results): Figure {
  const bars = (name: string, values: readonly number[], marker: object) => ({
    type: 'bar',
    name,
    x: NAMES,
    y: values,
    marker,
  });
  const official = LABELS.map((label) => OFFICIAL_COUNTS[label]!.reduce((sum, count) => sum + count, 0));
  const ours = LABELS.map((label) => results.test.metrics.perClass[label]!.support);
  const hatched = {
    color: '#FFFFFF',
    line: { color: COLORS.ink, width: 1 },
    pattern: { shape: '/', fgcolor: COLORS.ink, size: 6 },
  };
  return themed(
    titled('Images of each class: samples column, official counts, our test part', results),
    [
      bars(
        "Paper's samples column",
        LABELS.map((label) => Number(PAPER_SAMPLES[label]!.replace(',', ''))),
        hatched,
      ),
      bars('FER-2013, all parts', official, { color: COLORS.third }),
      bars('Our test part', ours, { color: COLORS.ours }),
    ],
    { barmode: 'group', xaxis: axis(''), yaxis: axis('images', { tickformat: ',d' }) },
  );
}

/** How often the model is right when it is this sure, on the test part. */
export function plotReliability(results: Results): Figure {
  const { bins, expectedCalibrationError } = results.test.calibration;
  const filled = bins.filter(({ count }) => count > 0);
  return themed(
    titled(
      `Reliability: expected calibration error ${(100 * expectedCalibrationError).toFixed(1)} %`,
      results,
    ),
    [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'perfectly calibrated',
        x: [0, 1],
        y: [0, 1],
        line: { color: COLORS.paper, dash: 'dash' },
      },
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'ours (area: images)',
        x: filled.map(({ meanConfidence }) => meanConfidence),
        y: filled.map(({ accuracy }) => accuracy),
        marker: {
          color: COLORS.ours,
          size: filled.map(({ count }) => 5 + 18 * Math.sqrt(count / results.test.count)),
        },
        line: { color: COLORS.ours },
      },
    ],
    {
      width: 560,
      height: 480,
      xaxis: axis('confidence', { range: [0, 1], tickformat: '.0%' }),
      yaxis: axis('accuracy', { range: [0, 1], tickformat: '.0%' }),
    },
  );
}

/** All figures of the report, by the name of their file. */
export function allFigures(results: Results): Readonly<Record<string, Figure>> {
  return {
    'figure-2-accuracy-by-caption': plotPerClass(results, 'accuracy', 'Fig. 2 by its caption. '),
    'figure-2-precision-by-text': plotPerClass(results, 'precision', 'Fig. 2 by the text. '),
    'figure-3-recall': plotPerClass(results, 'recall', 'Fig. 3. '),
    'figure-4-f1': plotPerClass(results, 'f1', 'Fig. 4. '),
    'figure-5-accuracy': plotPerClass(results, 'accuracy', 'Fig. 5. '),
    'confusion-matrix': plotConfusion(results),
    'training-curves': plotTrainingCurves(results),
    'class-distribution': plotClassDistribution(results),
    reliability: plotReliability(results),
  };
}
