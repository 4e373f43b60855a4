import { Presets, SingleBar } from 'cli-progress';
import type { TrainingProgress } from '../train/progress';

/** Least time between two lines where there is no terminal, in milliseconds. */
const LINE_INTERVAL = 10_000;

export interface ProgressView {
  update(progress: TrainingProgress): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a line every ten seconds, and one at the end. */
export function trainingView(stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? barView(stream) : lineView(stream);
}

const percent = (share: number | undefined) => (share === undefined ? '-' : `${(100 * share).toFixed(1)} %`);

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.round(seconds)} s`;
}

function barView(stream: NodeJS.WriteStream): ProgressView {
  const format =
    'epoch {epoch}/{epochs} [{bar}] {speed} images/s | loss {loss} | accuracy {accuracy} | validation {validation} | {left} left';
  const bar = new SingleBar(
    { stream, format, barsize: 20, hideCursor: true, forceRedraw: true },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update: (progress) => {
      const total = progress.epochs * progress.steps;
      const done = (progress.epoch - 1) * progress.steps + progress.step;
      const fields = {
        epoch: progress.epoch,
        epochs: progress.epochs,
        speed: Math.round(progress.imagesPerSecond),
        loss: progress.loss.toFixed(3),
        accuracy: percent(progress.accuracy),
        validation: percent(progress.valAccuracy),
        left: duration(progress.secondsLeft),
      };
      if (!isStarted) bar.start(total, done, fields);
      isStarted = true;
      bar.update(done, fields);
    },
    stop: () => bar.stop(),
  };
}

function lineView(stream: NodeJS.WriteStream): ProgressView {
  let last = Number.NEGATIVE_INFINITY;
  return {
    update: (progress) => {
      const isLast = progress.isEpochEnd && progress.epoch === progress.epochs;
      if (!isLast && performance.now() - last < LINE_INTERVAL) return;
      last = performance.now();
      const where = progress.isEpochEnd ? '' : `, step ${progress.step}/${progress.steps}`;
      stream.write(
        `epoch ${progress.epoch}/${progress.epochs}${where}: loss ${progress.loss.toFixed(3)}, accuracy ${percent(progress.accuracy)}, ` +
          `validation ${percent(progress.valAccuracy)}, ${Math.round(progress.imagesPerSecond)} images/s, ${duration(progress.secondsLeft)} left\n`,
      );
    },
    stop: () => {},
  };
}
