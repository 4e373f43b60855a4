import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { compareModels } from '../../src/evaluate/paired';
import { loadResults } from '../../src/evaluate/results';
import { loadRunPredictions, openRun } from '../../src/run/open-run';
import { modelsFolder } from '../../src/run/published-models';
import { findChromium } from '../lab/browser';
import { OpenSite } from './open-site';

const chromium = findChromium();
const [ONE, OTHER] = ['strong-cnn-seed1', 'strong-cnn-wide-distilled-seed4'] as const;
const testOf = (name: string) => loadRunPredictions(openRun(join(modelsFolder(), name)), 'test');
const confusionOf = (name: string) => loadResults(join(modelsFolder(), name)).test.confusion;

describe('what a reader asks of the site', {
  skip: chromium || process.env.CI ? false : 'no Chromium',
}, () => {
  let site: OpenSite;
  before(async () => {
    site = await OpenSite.build(chromium!);
  });
  after(() => site?.close());

  const numbers = (page: Page, id: string) =>
    page.$$eval(`#${id} button`, (buttons) =>
      buttons.map((one) => Number(one.textContent!.replace('−', '-'))),
    );
  const cells = (page: Page, selector: string) =>
    page.$$eval(selector, (found) => found.map((cell) => cell.textContent!));

  it('counts as results.json does, for one model, two and their difference', async () => {
    const page = await site.open(`explorer.html#model=${ONE}&other=${OTHER}`);
    await page.waitForSelector('#matrix-difference');
    const [one, other] = [confusionOf(ONE).flat(), confusionOf(OTHER).flat()];
    assert.deepEqual(await numbers(page, 'matrix'), one);
    assert.deepEqual(await numbers(page, 'matrix-other'), other);
    assert.deepEqual(
      await numbers(page, 'matrix-difference'),
      one.map((count, i) => count - other[i]!),
    );
    await page.selectOption('#unit', 'row');
    const support = confusionOf(ONE)[4]!.reduce((sum, count) => sum + count, 0);
    const share = (100 * confusionOf(ONE)[4]![2]!) / support;
    await page.waitForFunction(
      (text) => document.querySelector('#matrix-4-2')!.textContent === text,
      share.toFixed(1),
    );
    await page.close();
  });

  it('lists the images of a cell by keyboard, the most confident first, and keeps the view in the address', async () => {
    const page = await site.open(`explorer.html#model=${ONE}`);
    await page.waitForSelector('#matrix-4-1');
    await page.focus('#matrix-4-1');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      document.querySelector('#cell')!.textContent!.startsWith('True Sad, predicted Fear'),
    );
    const count = confusionOf(ONE)[4]![2]!;
    assert.equal(await page.textContent('#cell'), `True Sad, predicted Fear: ${count} images`);
    const sure = (await cells(page, '#images tbody td:nth-child(4)')).map(Number);
    assert.equal(sure.length, count);
    assert.deepEqual(
      sure,
      [...sure].sort((a, b) => b - a),
    );
    assert.equal(await page.evaluate(() => document.activeElement!.id), 'matrix-4-2');
    const address = page.url();
    await page.close();
    const again = await site.open(address.slice(address.indexOf('explorer.html')));
    await again.waitForFunction(() =>
      document.querySelector('#cell')!.textContent!.startsWith('True Sad, predicted Fear'),
    );
    await again.close();
  });

  it('filters by confidence, correctness, class and copies', async () => {
    const { rows, labels, probabilities, copies } = testOf(ONE);
    const images = [...rows].map((row, i) => {
      const own = [...probabilities.subarray(7 * i, 7 * i + 7)];
      const confidence = Math.max(...own);
      return { row, truth: labels[i]!, predicted: own.indexOf(confidence), confidence };
    });
    const known = new Set(copies);
    const expected = images.filter(
      ({ row, truth, predicted, confidence }) =>
        confidence >= 0.8 && truth !== predicted && truth === 2 && !known.has(row),
    );
    const page = await site.open(`explorer.html#model=${ONE}`);
    await page.fill('#from', '80');
    await page.press('#from', 'Tab');
    await page.selectOption('#correct', 'wrong');
    await page.selectOption('#truth', '2');
    await page.selectOption('#copies', 'without');
    await page.waitForFunction(
      (count) => document.querySelectorAll('#images tbody tr').length === count,
      expected.length,
    );
    assert.deepEqual(
      (await cells(page, '#images tbody th')).map(Number).sort((a, b) => a - b),
      expected.map(({ row }) => row),
    );
    await page.click('#reset');
    await page.waitForFunction(
      () => document.querySelector('#cell')!.textContent === 'All cells: 3589 images',
    );
    await page.close();
  });

  it('tells everything that is known of an image, its copies among it', async () => {
    const [copied] = testOf(ONE).copies!;
    const page = await site.open(`explorer.html#model=${ONE}&other=${OTHER}&image=${copied}`);
    await page.waitForSelector('#detail:not([hidden])');
    const text = (await page.textContent('#detail'))!;
    assert.match(text, new RegExp(`Row ${copied}`));
    assert.match(text, /Duplicates.*row \d+, Training, label/s);
    assert.match(text, /Neighbours.*row \d+ label \w+, distance 0\.\d{3}/s);
    assert.match(text, /Not part of this site: build it with your own data/);
    assert.equal((await cells(page, '#detail .bar')).length, 14);
    await page.close();
  });

  it('compares two models as the commands do', async () => {
    const { difference, interval, onlyFirst, onlySecond } = compareModels(testOf(ONE), testOf(OTHER));
    const page = await site.open(`compare.html#first=${ONE}&second=${OTHER}`);
    await page.waitForSelector('#accuracy table');
    const [, , , shown, ends] = await cells(page, '#accuracy table:first-of-type tbody tr:first-child td');
    const sign = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(2)}`;
    assert.equal(ends ?? shown, `${sign(interval[0])} to ${sign(interval[1])}`);
    assert.equal(shown, sign(difference));
    assert.match(
      (await page.textContent('#changed-count'))!,
      new RegExp(`^${onlySecond} images: only the second`),
    );
    await page.selectOption('#change', 'first');
    await page.waitForFunction(
      (count) => document.querySelector('#changed-count')!.textContent!.startsWith(`${count} images`),
      onlyFirst,
    );
    assert.ok((await cells(page, '#settings tbody th')).includes('model'));
    await page.waitForSelector('#curves .main-svg');
    await page.selectOption('#first', 'paper-cnn-plain-seed1');
    await page.waitForFunction(() =>
      document.querySelector('#shared')!.textContent!.includes('test images of both'),
    );
    await page.close();
  });

  it('lists every prediction of a model, and its hundred most confident mistakes', async () => {
    const page = await site.open(`model-${ONE}.html`);
    await page.waitForSelector('#images tbody tr');
    assert.equal(await page.textContent('#count'), '3,589 images');
    assert.equal((await cells(page, `#${ONE}-confident-mistakes tbody tr`)).length, 100);
    await page.selectOption('#sort', 'high');
    await page.waitForFunction(() => location.hash.includes('sort=high'));
    const sure = (await cells(page, '#images tbody td:nth-child(4)')).map(Number);
    assert.deepEqual(
      sure,
      [...sure].sort((a, b) => b - a),
    );
    await page.fill('#row', '1');
    await page.press('#row', 'Tab');
    await page.waitForFunction(
      () => document.querySelector('#count')!.textContent === 'Row 1 is no test image.',
    );
    await page.close();
  });
});
