import type { Results } from '../../evaluate/results';
import { column, type ReportTable } from '../table';
import { titled } from '../words';

interface Mistake {
  /** True and predicted label. */
  readonly truth: number;
  readonly taken: number;
  readonly images: number;
  /** Of the images of the true class. */
  readonly share: number;
}

/** The most frequent confusions on the test part: how many images of one class are taken for another. */
export function tableMistakes(results: Results, count: number): ReportTable<Mistake> {
  const { classes } = results.dataset;
  const cells = results.test.confusion.flatMap((row, truth) => {
    const support = row.reduce((sum, images) => sum + images, 0);
    return row.map((images, taken) => ({ truth, taken, images, share: images / support }));
  });
  const worst = cells
    .filter(({ truth, taken, images }) => truth !== taken && images > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, count);
  return {
    title: titled('Most frequent confusions, by share of the true class', results),
    columns: [
      column('true', ({ truth }) => classes[truth]),
      column('predicted', ({ taken }) => classes[taken]),
      column('images', ({ images }) => images),
      column('share of the true class', ({ share }) => `${(100 * share).toFixed(1)} %`),
    ],
    rows: worst,
  };
}
