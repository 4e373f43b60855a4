import { type Results, withoutCopies } from '../../evaluate/results';
import type { PlotlyFigure } from '../figure';
import { METRIC_NAMES, PAPER_FIGURES, type PaperTable, paperClasses } from '../paper';
import { areSeveralMethods } from '../tables/methods';
import { plotByClass } from './by-class';
import { plotClassDistribution } from './class-distribution';
import { plotConfusion } from './confusion';
import { plotMethods } from './methods';
import { plotPerClass } from './per-class';
import { plotReliability } from './reliability';
import { plotTrainingCurves } from './training-curves';

/** Makes a figure of a report's first run, or of all; null where there is nothing to show in it. */
type FigureMaker = (results: Results, all: readonly Results[]) => PlotlyFigure | null;

const nameOf = (metric: PaperTable['metric']) => METRIC_NAMES[metric].toLowerCase();

/** One of Figures 2 to 5; where caption and text disagree, one by each. */
function makersOf({ number, caption, text }: (typeof PAPER_FIGURES)[number]): [string, FigureMaker][] {
  const maker = (metric: PaperTable['metric'], prefix: string): FigureMaker => {
    return (results) =>
      paperClasses(results.dataset.classes).length > 0 ? plotPerClass(results, metric, prefix) : null;
  };
  if (caption === text) return [[`figure-${number}-${text}`, maker(text, `Fig. ${number}. `)]];
  const byCaption = `Fig. ${number} by its caption (the text says ${nameOf(text)}). `;
  const byText = `Fig. ${number} by the text (its caption says ${nameOf(caption)}). `;
  return [
    [`figure-${number}-${caption}-by-caption`, maker(caption, byCaption)],
    [`figure-${number}-${text}-by-text`, maker(text, byText)],
  ];
}

/** Figures of the test part. */
const TEST_FIGURES: Readonly<Record<string, FigureMaker>> = {
  ...Object.fromEntries(PAPER_FIGURES.flatMap(makersOf)),
  'by-class': plotByClass,
  'confusion-matrix': (results) => plotConfusion(results),
  reliability: (results) => plotReliability(results),
};

/** The same figure on the test images of which the training part holds no copy. */
const twinOf =
  (make: FigureMaker): FigureMaker =>
  (results, all) => {
    const twin = withoutCopies(results);
    return twin && make(twin, all);
  };

/** The figures of a report, by the name of their file; those of the test part with their twins without copies. */
export const REPORT_FIGURES: Readonly<Record<string, FigureMaker>> = {
  ...TEST_FIGURES,
  'training-curves': (results) => results.training && plotTrainingCurves(results),
  'class-distribution': plotClassDistribution,
  methods: (_, all) => (areSeveralMethods(all) ? plotMethods(all) : null),
  ...Object.fromEntries(
    Object.entries(TEST_FIGURES).map(([name, make]) => [`${name}-without-copies`, twinOf(make)]),
  ),
};

/** The figures that a report of these runs has, by the name of their file: those of the first run, and of all together. */
export function reportFigures(
  results: Results,
  all: readonly Results[] = [results],
): Readonly<Record<string, PlotlyFigure>> {
  const figures = Object.entries(REPORT_FIGURES).map(([name, make]) => [name, make(results, all)] as const);
  return Object.fromEntries(figures.filter((entry): entry is [string, PlotlyFigure] => entry[1] !== null));
}
