import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { loadResults } from '../../src/evaluate/results';
import { modelsFolder } from '../../src/run/published-models';
import { findChromium } from '../lab/browser';
import { OpenSite, seriousFaults } from './open-site';

const chromium = findChromium();
const resultsOf = (name: string) => loadResults(join(modelsFolder(), name));

describe('the site, opened from disk', { skip: chromium || process.env.CI ? false : 'no Chromium' }, () => {
  let site: OpenSite;
  before(async () => {
    site = await OpenSite.build(chromium!);
  });
  after(() => site?.close());

  const bySelector = (page: Page, selector: string) =>
    page.$$eval(selector, (found) => found.map((element) => element.textContent!.trim()));

  it('is readable by a web server, and all its links and their anchors resolve', async () => {
    assert.equal(statSync(site.folder).mode & 0o777, 0o755);
    for (const name of site.pages) {
      const text = readFileSync(join(site.folder, name), 'utf8');
      const links = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) =>
        link!.replaceAll('&amp;', '&'),
      );
      for (const link of links.filter((one) => !/^(data|https?|mailto):/.test(one))) {
        const [path, anchor] = link.split('#') as [string, string?];
        const file = join(site.folder, decodeURIComponent(path || name));
        assert.ok(existsSync(file), `${name}: ${link}`);
        if (!anchor || anchor.includes('=')) continue;
        assert.match(readFileSync(file, 'utf8'), new RegExp(`id="${anchor}"`), `${name}: ${link}`);
      }
    }
  });

  it('has no serious fault for axe, in light and dark, and fits 360 pixels', async () => {
    const kinds = new Map(
      site.pages.map((name) => [name.replace(/^(model|notebook|figures|benchmarks)-.*/, '$1'), name]),
    );
    for (const name of kinds.values()) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await site.open(name, { colorScheme, viewport: { width: 360, height: 740 } });
        assert.deepEqual(await seriousFaults(page), [], `${name}, ${colorScheme}`);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 360, `${name}: ${width} pixels wide`);
        await page.close();
      }
    }
  });

  it('shows the numbers of results.json', async () => {
    const front = await site.open('index.html');
    const [link] = await front.$$eval('.lead a', (links) => links.map((one) => one.textContent!));
    const percent = (name: string) => `${(100 * resultsOf(name).test.metrics.accuracy).toFixed(2)} %`;
    assert.equal(await front.textContent('#accuracy'), percent(link!));
    await front.close();

    const { perClass } = resultsOf(link!).test.metrics;
    const figures = await site.open('figures-official.html');
    const recalls = await bySelector(figures, '#official-table-3-recall tbody tr td:nth-child(5)');
    const order = ['Happy', 'Sad', 'Angry', 'Fear', 'Disgust', 'Surprise', 'Neutral'];
    const { classes } = resultsOf(link!).dataset;
    assert.deepEqual(
      recalls.slice(0, 7),
      order.map((name) => perClass[classes.indexOf(name)]!.recall.toFixed(3)),
    );
    await figures.close();
  });

  it('loads less than 1.5 MB for its front page, without plotly, and prints without navigation', async () => {
    const page = await site.open('index.html');
    const paths = await page.$$eval('script[src], link[rel=stylesheet], img', (elements) =>
      elements.map((element) => element.getAttribute('src') ?? element.getAttribute('href')!),
    );
    assert.ok(!paths.some((path) => path.includes('plotly.min')));
    const bytes = ['index.html', ...paths].reduce(
      (sum, path) => sum + statSync(join(site.folder, path)).size,
      0,
    );
    assert.ok(bytes < 1_500_000, `${bytes} bytes`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.isVisible('header nav'), false);
    assert.equal(await page.isVisible('main img'), true);
    await page.close();
  });

  it('makes a figure interactive when its reader asks for it, and hands out its numbers', async () => {
    const page = await site.open('figures-official.html');
    await page.click('button[data-figure="official-figure-3-recall"]');
    await page.waitForSelector('#plot-official-figure-3-recall .main-svg');
    const files = await page.$$eval('#official-figure-3-recall .downloads a', (links) =>
      links.map((one) => one.getAttribute('href')!),
    );
    for (const ending of ['svg', 'png', 'csv', 'json', 'tex'])
      assert.ok(
        files.some((file) => file.endsWith(`.${ending}`)),
        ending,
      );
    const chain = await bySelector(page, '#official-figure-3-recall .chain b');
    assert.deepEqual(chain, ['Files', 'Predictions', 'Run', 'Commit', 'Data', 'Command']);
    await page.close();
  });

  it('states for each demand what its evidence says', async () => {
    const page = await site.open('reproduce.html');
    const rows = await page.$$eval('tr.demand', (found) =>
      found.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent!)),
    );
    const verdictOf = (demand: RegExp) => rows.find(([text]) => demand.test(text!))![1];
    assert.equal(verdictOf(/follow from the published predictions/), 'holds');
    assert.equal(verdictOf(/weights are those/), 'holds');
    await page.close();
  });
});
