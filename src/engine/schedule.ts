/**
 * Course of the learning rate: constant; a cosine from the peak to 0; or one cycle, which rises linearly over the
 * first 23 % of the steps and falls linearly to 0 (Smith and Topin 2018, arXiv 1708.07120).
 */
export type Schedule = 'constant' | 'cosine' | 'one-cycle';

/** A part of the training in which all images have one size. */
export interface SizeStage {
  /** Height and width in pixels. */
  readonly side: number;
  /** Share of the epochs. */
  readonly share: number;
}

/** Side of the training images in an epoch (from 0); see {@link SizeStage}. */
export function imageSideAt(stages: readonly SizeStage[], epoch: number, epochs: number): number {
  let end = 0;
  for (const { side, share } of stages) {
    end += share;
    if (epoch < Math.floor(end * epochs + 1e-9)) return side; // the last stage gets what is left over
  }
  return stages.at(-1)!.side;
}

/** Share of the steps in which one cycle rises. */
const RISE = 0.23;
/** Share of the peak at which one cycle starts. */
const START = 0.1;

/** Learning rate of `step` (from 0) of `steps`. */
export function learningRateAt(schedule: Schedule, peak: number, step: number, steps: number): number {
  const progress = step / steps;
  if (schedule === 'constant') return peak;
  if (schedule === 'cosine') return 0.5 * peak * (1 + Math.cos(Math.PI * progress));
  if (progress < RISE) return peak * (START + ((1 - START) * progress) / RISE);
  return (peak * (1 - progress)) / (1 - RISE);
}
