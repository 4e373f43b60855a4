import { EMOTIONS } from '../../dataset/emotions';
import { type Results, titled } from '../../evaluate/results';
import type { ReportTable } from '../formats/table';

/** The most frequent confusions on the test part: how many images of one class are taken for another. */
export function tableMistakes(results: Results, count: number): ReportTable {
  const { confusion } = results.test;
  const cells = confusion.flatMap((row, truth) => {
    const support = row.reduce((sum, images) => sum + images, 0);
    return row.map((images, taken) => ({ truth, taken, images, share: images / support }));
  });
  const worst = cells
    .filter(({ truth, taken, images }) => truth !== taken && images > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, count);
  return {
    title: titled('Most frequent confusions, by share of the true class', results),
    columns: ['true', 'taken for', 'images', 'share of the true class'],
    rows: worst.map(({ truth, taken, images, share }) => [
      EMOTIONS[truth]!,
      EMOTIONS[taken]!,
      images,
      `${(100 * share).toFixed(1)} %`,
    ]),
  };
}
