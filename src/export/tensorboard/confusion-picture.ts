import sharp from 'sharp';
import { evaluatePredictions } from '../../evaluate/evaluation';
import { plotMatrix } from '../../report/figures/confusion';
import { FigureDrawer } from '../../report/static/draw';
import { loadRunPredictions } from '../../run/open-run';
import type { NetworkRun } from '../../run/run';
import type { Picture } from './training-log';

/** The confusion matrix of a run's validation part, by the weights of its best epoch. */
export async function confusionPicture(run: NetworkRun): Promise<Picture> {
  const { confusion, count } = evaluatePredictions(loadRunPredictions(run, 'validation'));
  const { config, bestEpoch, dataset } = run.record;
  const figure = plotMatrix(dataset.classes, confusion, {
    title: 'Confusion matrix of the validation part',
    subtitle: `${config.model}, seed ${config.seed}, epoch ${bestEpoch}, ${count} images`,
  });
  const drawer = new FigureDrawer();
  try {
    const png = await drawer.png(figure, 1);
    const { width, height } = await sharp(png).metadata();
    return { width, height, png };
  } finally {
    drawer.close();
  }
}
