import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { loadResults } from '../../src/evaluate/results';
import { modelsFolder } from '../../src/run/published-models';
import { buildSite } from '../../src/site/build';
import { findChromium, openBrowser } from '../lab/browser';

const chromium = findChromium();
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Runs axe in a page. @returns its serious findings, each with the elements */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe = (
      globalThis as unknown as { axe: { run(options: object): Promise<{ violations: AxeFinding[] }> } }
    ).axe;
    interface AxeFinding {
      id: string;
      impact: string;
      nodes: { html: string }[];
    }
    const { violations } = await axe.run({ preload: false }); // it would read the style sheet, which a page from disk may not
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html)}`);
  });
}

describe('the site, opened from disk', { skip: chromium || process.env.CI ? false : 'no Chromium' }, () => {
  const folder = process.env.FERLAB_TEST_SITE ?? join(mkdtempSync(join(tmpdir(), 'ferlab-site-')), 'site');
  let names: string[] = [];
  let browser: Browser;
  const problems: string[] = [];
  const open = async (name: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> => {
    const page = await browser.newPage(options);
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(pathToFileURL(folder).href) && !request.url().startsWith('data:'))
        problems.push(`asks for ${request.url()}`);
    });
    await page.goto(`${pathToFileURL(join(folder, name.split('#')[0]!)).href}${/#.*/.exec(name)?.[0] ?? ''}`);
    return page;
  };

  before(async () => {
    names = existsSync(join(folder, 'ferlab-site.json'))
      ? JSON.parse(readFileSync(join(folder, 'ferlab-site.json'), 'utf8')).pages
      : await buildSite(folder, modelsFolder());
    browser = await openBrowser(chromium!);
  });
  after(async () => {
    await browser?.close();
    if (!process.env.FERLAB_TEST_SITE) rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(problems, []);
  });

  it('has seven pages, readable by a web server, whose links all resolve', async () => {
    assert.equal(names.length, 7);
    assert.equal(statSync(folder).mode & 0o777, 0o755);
    for (const name of names) {
      const page = await open(name);
      const links = await page.$$eval('a[href], img[src], script[src], link[href]', (elements) =>
        elements.map((element) => element.getAttribute('href') ?? element.getAttribute('src')!),
      );
      for (const link of links.filter((one) => !one.startsWith('data:'))) {
        const path = link.split('#')[0]!;
        assert.ok(path === '' || existsSync(join(folder, path)), `${name}: ${link}`);
      }
      await page.close();
    }
  });

  it('has no serious fault for axe, in light and dark, and fits 360 pixels', async () => {
    for (const name of names) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open(name, { colorScheme, viewport: { width: 360, height: 740 } });
        assert.deepEqual(await seriousFaults(page), [], `${name}, ${colorScheme}`);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 360, `${name}: ${width} pixels wide`);
        await page.close();
      }
    }
  });

  it('shows the numbers of results.json on its front page', async () => {
    const page = await open('index.html');
    const [name, accuracy] = await page.$$eval('#main p a, #accuracy', (found) =>
      found.slice(0, 2).map((element) => element.textContent!),
    );
    const results = loadResults(join(modelsFolder(), name!));
    assert.equal(accuracy, `${(100 * results.test.metrics.accuracy).toFixed(2)} %`);
    await page.close();
  });

  it('explores the confusion of a model: counts, the cell by keyboard, the state in the address', async () => {
    const page = await open('explorer.html#model=strong-cnn-seed1&unit=count');
    await page.waitForSelector('#cell-3-3');
    const { confusion } = loadResults(join(modelsFolder(), 'strong-cnn-seed1')).test;
    const shown = await page.$$eval('.matrix button', (buttons) =>
      buttons.map((one) => Number(one.textContent)),
    );
    assert.deepEqual(shown, confusion.flat());
    await page.focus('#cell-4-2');
    const start = Date.now();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('#images tr').length > 1);
    assert.ok(Date.now() - start < 2000);
    assert.match(
      (await page.textContent('#cell'))!,
      new RegExp(`True Sad, predicted Fear: ${confusion[4]![2]} images`),
    );
    const confidences = await page.$$eval('#images tr td:nth-child(2)', (cells) =>
      cells.map((cell) => Number(cell.textContent)),
    );
    assert.deepEqual(
      confidences,
      [...confidences].sort((a, b) => b - a),
    );
    assert.match(page.url(), /cell=4%2C2/);
    await page.selectOption('#other', 'strong-cnn-seed1');
    await page.waitForFunction(() => document.querySelector('#cell-3-3')!.textContent === '0');
    await page.close();
  });

  it('makes a figure interactive when its reader asks for it', async () => {
    const page = await open('figures.html');
    await page.click('button[data-figure="figure-3-recall"]');
    await page.waitForSelector('#plot-figure-3-recall .main-svg');
    await page.close();
  });
});
