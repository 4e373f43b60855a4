import { SHARE, WHOLE } from '../../report/columns';
import { column, type ReportTable } from '../../report/table';
import { titled } from '../../report/words';
import { predictedClasses } from '../../run/predictions';
import { leadingModel, type SiteModel } from '../content';
import { html } from '../html';
import type { Page } from '../page';
import { siteTable } from '../table';

/** An image and what was said of it. */
interface Judged {
  readonly row: number;
  readonly truth: number;
  readonly predicted: number;
  /** Probabilities of the predicted class and of the true one. */
  readonly confidence: number;
  readonly ofTruth: number;
}

function judged({ predictions }: SiteModel): Judged[] {
  const { rows, labels, probabilities, classes } = predictions;
  const predicted = predictedClasses(predictions);
  return Array.from(rows, (row, i) => {
    const of = (label: number) => probabilities[i * classes.length + label]!;
    const [truth, taken] = [labels[i]!, predicted[i]!];
    return { row, truth, predicted: taken, confidence: of(taken), ofTruth: of(truth) };
  });
}

/** The wrong predictions with the highest confidence, the worst first. */
export function tableConfidentMistakes(model: SiteModel, count: number): ReportTable<Judged> {
  const { classes } = model.predictions;
  const wrong = judged(model).filter(({ truth, predicted }) => truth !== predicted);
  return {
    title: titled(`The ${count} most confident mistakes of ${model.name}`, model.results),
    columns: [
      column('Row', ({ row }) => row, WHOLE),
      column('True', ({ truth }) => classes[truth]),
      column('Predicted', ({ predicted }) => classes[predicted]),
      column('Confidence', ({ confidence }) => confidence, SHARE),
      column('Probability of the true class', ({ ofTruth }) => ofTruth, SHARE),
    ],
    rows: wrong.sort((a, b) => b.confidence - a.confidence).slice(0, count),
  };
}

/** A share of the images that a model is most sure of, and how often it is wrong on them. */
interface Risk {
  readonly coverage: number;
  readonly images: number;
  readonly errors: number;
}

/** Errors among the most confident images: what a model gains that may decline to answer. */
export function tableRisk(model: SiteModel): ReportTable<Risk> {
  const sorted = judged(model).sort((a, b) => b.confidence - a.confidence);
  return {
    title: titled(`Risk and coverage of ${model.name}`, model.results),
    columns: [
      column('Coverage', ({ coverage }) => coverage, { decimals: 1 }),
      column('Images', ({ images }) => images, { decimals: 0, thousands: true }),
      column('Errors', ({ errors }) => errors, { decimals: 0, thousands: true }),
      column('Risk (share of errors)', ({ images, errors }) => errors / images, SHARE),
    ],
    rows: Array.from({ length: 10 }, (_, i) => {
      const coverage = (i + 1) / 10;
      const kept = sorted.slice(0, Math.round(coverage * sorted.length));
      const errors = kept.filter(({ truth, predicted }) => truth !== predicted).length;
      return { coverage, images: kept.length, errors };
    }),
    notes: ['Coverage: share of the images, those with the highest confidence first.'],
  };
}

/** Calibration, risk and coverage, and the most confident mistakes of the leading model. */
export function predictionsPage(models: readonly SiteModel[]): Page {
  const model = leadingModel(models);
  const { name } = model;
  return {
    file: 'predictions.html',
    title: 'Predictions',
    body: html`<p>All probabilities for the test images: ${models.map((one) => html`<a href="models/${one.name}/predictions-test.csv" download>${one.name}</a> `)}</p>
<h2>Calibration</h2>
<figure><div class="picture"><img src="report/${name}/reliability.svg" width="640" height="560" alt="Reliability diagram of ${name}"></div></figure>
<h2>Risk and coverage</h2>${siteTable(tableRisk(model))}
<h2>Mistakes</h2>${siteTable(tableConfidentMistakes(model, 100))}`,
  };
}
