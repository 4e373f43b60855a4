import type { Results } from '../../evaluate/results';
import { areaUnderRisk, type RiskPoint, riskCoverage } from '../../evaluate/risk-coverage';
import type { LabelledProbabilities } from '../../run/predictions';
import { COUNT, SHARE } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';

const STEPS = 10;

/** Errors among the most confident images, in tenths of all: what a classifier gains that may decline to answer. */
export function tableRiskCoverage(
  results: Results,
  predictions: LabelledProbabilities,
): ReportTable<RiskPoint> {
  const curve = riskCoverage(predictions);
  const tenths = Array.from({ length: STEPS }, (_, i) => Math.round(((i + 1) / STEPS) * curve.length));
  return {
    title: titled('Risk and coverage, in tenths of the images', results),
    columns: [
      column('Coverage', ({ coverage }) => coverage, SHARE),
      column('Images', ({ images }) => images, COUNT),
      column('Errors', ({ errors }) => errors, COUNT),
      column('Risk (share of errors)', ({ risk }) => risk, SHARE),
    ],
    rows: tenths.filter((images) => images > 0).map((images) => curve[images - 1]!),
    notes: [
      `Coverage: share of the images, those with the highest confidence first. Area under the curve (mean risk over all coverages): ${areaUnderRisk(curve).toFixed(4)}.`,
    ],
  };
}
