import type { Results } from '../../evaluate/results';
import type { Figure } from '../figure';
import { METRIC_NAMES, PAPER_FIGURES, type PaperTable } from '../paper';
import { plotClassDistribution } from './class-distribution';
import { plotConfusion } from './confusion';
import { plotPerClass } from './per-class';
import { plotReliability } from './reliability';
import { plotTrainingCurves } from './training-curves';

/** Figures 2 to 5; where caption and text disagree, one by each. */
function paperFigures(results: Results): Record<string, Figure> {
  const figures: Record<string, Figure> = {};
  const nameOf = (metric: PaperTable['metric']) => METRIC_NAMES[metric].toLowerCase();
  for (const { number, caption, text } of PAPER_FIGURES) {
    const name = `figure-${number}`;
    if (caption === text) {
      figures[`${name}-${text}`] = plotPerClass(results, text, `Fig. ${number}. `);
      continue;
    }
    const byCaption = `Fig. ${number} by its caption (the text says ${nameOf(text)}). `;
    const byText = `Fig. ${number} by the text (its caption says ${nameOf(caption)}). `;
    figures[`${name}-${caption}-by-caption`] = plotPerClass(results, caption, byCaption);
    figures[`${name}-${text}-by-text`] = plotPerClass(results, text, byText);
  }
  return figures;
}

/** The figures of a report, by the name of their file. */
export function reportFigures(results: Results): Readonly<Record<string, Figure>> {
  return {
    ...paperFigures(results),
    'confusion-matrix': plotConfusion(results),
    'training-curves': plotTrainingCurves(results),
    'class-distribution': plotClassDistribution(results),
    reliability: plotReliability(results),
  };
}
