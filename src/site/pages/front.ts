import { PAPER_DATASET } from '../../dataset/specs';
import { tableModels } from '../../publish/overview';
import type { PlotlyFigure } from '../../report/figure';
import { axis, COLORS, themed } from '../../report/figures/theme';
import { leadingModel, type SiteModel } from '../content';
import { html } from '../html';
import type { Page } from '../page';
import { siteTable } from '../table';

const percent = (share: number) => (100 * share).toFixed(2);

/** Accuracies on the test part with 95 % intervals: ours, the paper's claim, and people's. */
export function plotAccuracies(models: readonly SiteModel[]): PlotlyFigure {
  const own = models.map(({ name, results: { test } }) => {
    const [low, high] = test.intervals.accuracy;
    return { name, value: test.metrics.accuracy, low, high };
  });
  const others = [
    { name: 'the paper, printed', value: 0.86, low: 0.86, high: 0.86 },
    { name: 'people', value: 0.65, low: 0.6, high: 0.7 },
  ];
  const dots = (rows: typeof own, name: string, color: string) => ({
    type: 'scatter',
    mode: 'markers',
    name,
    x: rows.map(({ value }) => value),
    y: rows.map((row) => row.name),
    marker: { color, size: 9 },
    error_x: {
      type: 'data',
      symmetric: false,
      array: rows.map(({ value, high }) => high - value),
      arrayminus: rows.map(({ value, low }) => value - low),
      color,
    },
  });
  return themed(
    'Accuracy on the test part, with 95 % intervals',
    [dots(own, 'ours', COLORS.ours), dots(others, 'others', COLORS.accent)],
    {
      width: 860,
      height: 160 + 26 * (own.length + others.length),
      xaxis: axis('accuracy', { range: [0.5, 0.9], tickformat: '.0%' }),
      yaxis: axis('', { type: 'category', autorange: 'reversed' }),
    },
  );
}

/** What the front page needs besides the models. */
export interface FrontFacts {
  /** The verdict on the paper's tables, in one sentence. */
  readonly verdict: string;
}

/** The first page: claim, ours, people and the verdict of the audit, and three ways on. */
export function frontPage(models: readonly SiteModel[], { verdict }: FrontFacts): Page {
  const { name, results } = leadingModel(models);
  const [low, high] = results.test.intervals.accuracy;
  return {
    file: 'index.html',
    title: 'An executable paper on facial expression recognition',
    body: html`<p>The paper prints an accuracy of 86 % on ${PAPER_DATASET.title}. Of the published models here, <a href="models/${name}/README.md">${name}</a> is the best on the validation part. It reaches <strong id="accuracy">${percent(results.test.metrics.accuracy)} %</strong> on ${results.test.count.toLocaleString('en')} test images (95 % interval ${percent(low)} to ${percent(high)}). People reach about 65 %.</p>
<p>The audit of the paper's printed tables: <strong>${verdict}</strong>.</p>
<figure><div class="picture"><img src="assets/accuracies.svg" width="860" alt="Accuracies with their intervals; the table below contains the same numbers"></div></figure>
${siteTable(tableModels(models.map((model) => model.results)))}
<h2>Where to go</h2>
<ul class="cards">
<li><strong><a href="figures.html">Inspect</a></strong><br>See every figure and table beside the paper's, with its numbers, files and origin.</li>
<li><strong><a href="reproduce.html">Reproduce</a></strong><br>Find what artifact reviewers ask for, and the command that shows it.</li>
<li><strong><a href="explorer.html">Question</a></strong><br>See which images each model confuses, and with what confidence.</li>
</ul>`,
  };
}
