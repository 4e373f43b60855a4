import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf } from '../../src/report/table';
import { plotStudy } from '../../src/study/plot';
import { publishedStudy } from '../../src/study/published';
import { tableStudy } from '../../src/study/table';

const study = publishedStudy('strong-cnn-ablations');
const points = (interval: readonly [number, number]) => interval.map((end) => 100 * end);

test('the table of a study tells each variant in percent, points, thousands and minutes', () => {
  for (const [i, row] of cellsOf(tableStudy(study)).entries()) {
    const { change, singleViewAccuracy, accuracy, interval, difference, imagesSeen, minutes } =
      study.variants[i]!;
    const [, single, own, range, points_, ofPoints] = row;
    assert.equal(row[0], change);
    assert.deepEqual([single, own, range], [100 * singleViewAccuracy, 100 * accuracy, points(interval)]);
    assert.equal(points_, difference && 100 * difference.difference);
    assert.deepEqual(ofPoints, difference && points(difference.interval));
    assert.deepEqual(row.slice(-2), [imagesSeen / 1000, minutes]);
  }
  assert.ok(study.variants.some((variant) => variant.singleViewAccuracy !== variant.accuracy));
});

test('the plot of a study draws each difference with the ends of its interval', () => {
  const [dots] = plotStudy(study).data as {
    x: number[];
    y: string[];
    error_x: { array: number[]; arrayminus: number[] };
  }[];
  const compared = study.variants.filter(({ difference }) => difference !== null);
  assert.equal(dots!.x.length, compared.length);
  for (const [i, { change, difference }] of compared.entries()) {
    const [low, high] = points(difference!.interval) as [number, number];
    assert.equal(dots!.y[i], change);
    const found = [
      dots!.x[i]! - dots!.error_x.arrayminus[i]!,
      dots!.x[i]!,
      dots!.x[i]! + dots!.error_x.array[i]!,
    ];
    for (const [k, value] of [low, 100 * difference!.difference, high].entries())
      assert.ok(Math.abs(found[k]! - value) < 1e-9, `${change}: ${found}`);
    assert.ok(low < high);
  }
});
