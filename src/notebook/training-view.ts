import { COLORS } from '../report/figures/theme';
import type { TrainingProgress } from '../train/progress';
import { type Curve, type CurvePanel, drawCurves } from './curve-drawing';
import { type Bundle, openSlot } from './display';
import { throttle } from './throttle';

const REDRAW_MS = 500;

/** Share of an epoch whose mean is drawn: that of its first batches jumps up and down. */
const DRAWN_SHARE = 0.1;

/** The two panels for where a training stands: finished epochs, and the running mean of the present one. */
export function trainingPanels(progress: TrainingProgress): CurvePanel[] {
  const { history, isEpochEnd, epoch, step, steps } = progress;
  const now = isEpochEnd || step / steps < DRAWN_SHARE ? [] : [epoch - 1 + step / steps];
  const curve = (
    name: string,
    color: string,
    value: 'loss' | 'valLoss' | 'accuracy' | 'valAccuracy',
  ): Curve => ({
    name,
    color,
    points: [
      ...history.map((past) => [past.epoch, past[value]] as const),
      ...(value === 'loss' || value === 'accuracy' ? now.map((x) => [x, progress[value]] as const) : []),
    ],
  });
  return [
    {
      title: 'loss',
      curves: [curve('training', COLORS.second, 'loss'), curve('validation', COLORS.ours, 'valLoss')],
    },
    {
      title: 'accuracy',
      curves: [curve('training', COLORS.second, 'accuracy'), curve('validation', COLORS.ours, 'valAccuracy')],
    },
  ];
}

/** One line on where a training stands. */
export function trainingLine(progress: TrainingProgress): string {
  const { epoch, epochs, step, steps, loss, accuracy, valAccuracy, imagesPerSecond, secondsLeft } = progress;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const isOver = progress.isEpochEnd && epoch === epochs;
  const left =
    Number.isFinite(secondsLeft) && !isOver
      ? `, ${Math.floor(secondsLeft / 60)} min ${Math.round(secondsLeft % 60)} s left`
      : '';
  const validation = valAccuracy === undefined ? '' : `, validation accuracy ${percent(valAccuracy)}`;
  return `epoch ${epoch}/${epochs}, step ${step}/${steps}: loss ${loss.toFixed(3)}, accuracy ${percent(accuracy)}${validation}, ${Math.round(imagesPerSecond)} images/s${left}`;
}

/** Curves and a line of progress below the running cell, drawn at most twice a second. */
export class TrainingView {
  readonly #curves = openSlot();
  readonly #line = openSlot();
  readonly #draw = throttle((progress: TrainingProgress) => this.#drawNow(progress), REDRAW_MS);

  constructor(private readonly title: string) {}

  update(progress: TrainingProgress): void {
    if (progress.isEpochEnd) this.#drawNow(progress);
    else this.#draw(progress);
  }

  /** Puts the last picture in the place of the curves: a plotly figure, once there is nothing more to update. */
  finish(figure: Bundle): void {
    this.#curves.write(figure);
  }

  #drawNow(progress: TrainingProgress): void {
    const line = trainingLine(progress);
    const svg = drawCurves(trainingPanels(progress), {
      title: `epoch (${this.title})`,
      end: progress.epochs,
    });
    this.#curves.write({
      data: { 'image/svg+xml': svg, 'text/plain': `training curves, epoch ${progress.epoch}` },
    });
    this.#line.write({ data: { 'text/plain': line } });
  }
}
