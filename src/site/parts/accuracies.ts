import { sampleStandardDeviation } from 'simple-statistics';
import { PAPER_DATASET } from '../../dataset/specs';
import { wilsonInterval } from '../../evaluate/intervals';
import type { PlotlyFigure } from '../../report/figure';
import { axis, COLORS, themed } from '../../report/figures/theme';
import { leadingModel, leadingNetwork, type SiteModel, seedGroups } from '../content';

/** An accuracy with its interval, as a row of the first picture. */
interface Row {
  readonly name: string;
  readonly value: number;
  /** Equal to the value where nothing is known of it. */
  readonly low: number;
  readonly high: number;
}

/** Images of PrivateTest, and how many of them the best published single network recognises: see docs/honest-bar.md. */
const PRIVATE_TEST = 3589;
const BEST_HITS = 2614;
/** Means of eight networks (Pramerdorfer and Kampel 2016): 75.2 %. */
const BEST_ENSEMBLE = 0.752;

const ofOthers = (name: string, value: number): Row => {
  const [low, high] = wilsonInterval(Math.round(value * PRIVATE_TEST), PRIVATE_TEST);
  return { name, value, low, high };
};

function ofModel(name: string, { results: { test } }: SiteModel): Row {
  const [low, high] = test.intervals.accuracy;
  return { name, value: test.metrics.accuracy, low, high };
}

/** The mean of models that differ in their seed, with their standard deviation as the interval. */
function ofSeeds(group: readonly SiteModel[]): Row {
  const values = group.map(({ results }) => results.test.metrics.accuracy);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = sampleStandardDeviation(values);
  const { classifier, split } = group[0]!.results;
  const name = `${classifier.title}, ${split.protocol}, ${group.length} seeds`;
  return { name, value: mean, low: mean - spread, high: mean + spread };
}

/** The claim of the paper, the best published, ours and people in one picture. */
export function plotAccuracies(models: readonly SiteModel[]): PlotlyFigure {
  const [best, network] = [leadingModel(models), leadingNetwork(models)];
  const others = [
    { name: 'the paper, printed', value: 0.86, low: 0.86, high: 0.86 },
    ofOthers('best published ensemble', BEST_ENSEMBLE),
    ofOthers('best published network', BEST_HITS / PRIVATE_TEST),
  ];
  const own = [
    ...(best === network ? [] : [ofModel(best.name, best)]),
    ...(network ? [ofModel(network.name, network)] : []),
    ...seedGroups(models).map(ofSeeds),
  ];
  const people = [{ name: 'people', value: 0.65, low: 0.6, high: 0.7 }];
  return themed(
    `Accuracy on test images of ${PAPER_DATASET.title}`,
    [
      dots(others.slice(0, 1), { name: 'claim of the paper', color: COLORS.accent, symbol: 'diamond' }),
      dots(others.slice(1), { name: 'published', color: COLORS.quiet, symbol: 'square' }),
      dots(own, { name: 'ours', color: COLORS.ours, symbol: 'circle' }),
      dots(people, { name: 'people', color: COLORS.third, symbol: 'triangle-up' }),
    ],
    {
      width: 860,
      height: 170 + 30 * (others.length + own.length + people.length),
      xaxis: axis('accuracy', { range: [0.55, 0.9], tickformat: '.0%' }),
      yaxis: axis('', { type: 'category', autorange: 'reversed' }),
    },
  );
}

function dots(
  rows: readonly Row[],
  { name, color, symbol }: { name: string; color: string; symbol: string },
): object {
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    x: rows.map(({ value }) => value),
    y: rows.map((row) => row.name),
    marker: { color, symbol, size: 10 },
    error_x: {
      type: 'data',
      symmetric: false,
      array: rows.map(({ value, high }) => high - value),
      arrayminus: rows.map(({ value, low }) => value - low),
      color,
      thickness: 1.6,
      width: 5,
    },
  };
}
