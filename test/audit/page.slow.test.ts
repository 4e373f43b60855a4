import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { honestClaim, randomMatrix } from '../../bench/audit/random-claims';
import { readLink, writeLink } from '../../src/audit/page/client/link';
import { randomStream } from '../../src/random';
import { ferlab } from '../cli/ferlab';
import { findChromium, openBrowser } from '../lab/browser';

const chromium = findChromium();
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const report = `| class | precision | recall | f1-score | support |
|---|---|---|---|---|
| Cat | 0.91 | 0.88 | 0.98 | 120 |
| Dog | 0.84 | 0.90 | 0.87 | 100 |
| Bird | 0.95 | 0.90 | 0.92 | 80 |

Device: 3 cards`;
const PATIENT = { timeout: 120_000 };

/** A report of a random classifier to four decimals, with the macro F1 moved away where that is asked for. */
function pasted(classes: number, items: number, isMoved: boolean): string {
  const random = randomStream(1, 'page', classes);
  const { perClass, means, supports, ...claim } = honestClaim([randomMatrix(random, classes, items)], {
    decimals: 4,
    rounding: 'nearest',
    random,
  });
  const { precision, recall, f1 } = perClass;
  const { macro, weighted } = means;
  const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  const moved = (Number(macro.f1) + (isMoved ? 0.0007 : 0)).toFixed(4);
  return [
    row('class', 'precision', 'recall', 'f1-score', 'support'),
    '|---|---|---|---|---|',
    ...claim.classes.map((name) => row(name, precision[name]!, recall[name]!, f1[name]!, supports[name]!)),
    row('macro avg', macro.precision, macro.recall, moved, items),
    row('weighted avg', weighted.precision, weighted.recall, weighted.f1, items),
    '',
    `Accuracy: ${claim.accuracy}`,
  ].join('\n');
}

describe('the auditor as a page, opened from disk', {
  skip: chromium || process.env.CI ? false : 'no Chromium',
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-page-'));
  const file = join(folder, 'auditor.html');
  const problems: string[] = [];
  let browser: Browser;
  const open = async (hash = ''): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (!/^(?:file|blob|data):/.test(request.url())) problems.push(`asks for ${request.url()}`);
    });
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    return page;
  };
  const audited = (page: Page) =>
    page.waitForFunction(
      () => document.getElementById('status')!.textContent!.startsWith('audited'),
      undefined,
      PATIENT,
    );
  const axeFaults = async (page: Page): Promise<string[]> => {
    // The page allows no script but its own; axe comes in by the debugger.
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run({ preload: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
    });
  };

  before(async () => {
    const made = ferlab('audit', '--page', file);
    assert.equal(made.status, 0, made.stderr);
    browser = await openBrowser(chromium!);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('audits what is pasted, with certificate, repair and what is not used', async () => {
    const page = await open();
    await page.fill('#text', report);
    await audited(page);
    const verdict = (await page.textContent('#verdict'))!;
    assert.match(verdict, /^\s*impossible as printed/);
    assert.match(verdict, /F1 of Cat 0\.89 instead of 0\.98 \(two digits exchanged\)/);
    assert.match((await page.textContent('#read'))!, /line 7: Device: 3 cards/);
    assert.deepEqual(await axeFaults(page), []);
    await page.close();
  });

  it('is worked with the keyboard alone: a figure is changed, and the verdict follows', async () => {
    const page = await open();
    await page.focus('#text');
    await page.keyboard.insertText(report);
    await audited(page);
    const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    for (let presses = 0; presses < 20 && (await label()) !== 'f1 of Cat'; presses++)
      await page.keyboard.press('Tab');
    assert.equal(await label(), 'f1 of Cat');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('0.89');
    await page.keyboard.press('Tab');
    await page.waitForFunction(
      () => document.getElementById('verdict')!.textContent!.trim().startsWith('consistent'),
      undefined,
      PATIENT,
    );
    // The link holds the changed claim.
    const again = await open(new URL(page.url()).hash);
    await audited(again);
    assert.match((await again.textContent('#verdict'))!, /^\s*consistent/);
    assert.equal(await again.inputValue('[aria-label="f1 of Cat"]'), '0.89');
    assert.ok((await again.pdf()).length > 10_000);
    await page.close();
    await again.close();
  });

  it('offers each system of a table, and says what is wrong with a text in words', async () => {
    const page = await open();
    await page.fill('#text', '| Model | Accuracy |\n|---|---|\n| A | 73.28% |\n| B | 73.16% |');
    await page.fill('#n', '3589');
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll('#claims option')].some(
          (option) => option.textContent === 'B: impossible',
        ),
      undefined,
      PATIENT,
    );
    await page.selectOption('#claims', { index: 1 });
    assert.match((await page.textContent('#verdict'))!, /no whole number of 3589 items/);
    await page.fill('#text', 'hello');
    await page.waitForSelector('.error', PATIENT);
    assert.match(
      (await page.textContent('#verdict'))!,
      /it contains no table of figures.*What to do: paste a table/s,
    );
    await page.close();
  });

  it('takes kappa and a mean over folds with its standard deviation, and keeps them in the link', async () => {
    const page = await open();
    await page.fill('#text', '| Model | Accuracy (mean ± SD) |\n|---|---|\n| A | 71.08 ± 1.43 |');
    await page.fill('#n', '3589');
    await page.fill('#folds', '10');
    await audited(page);
    assert.match(
      (await page.textContent('#verdict'))!,
      /^\s*consistent.*with \d+ of 359, .* of 358 correct/is,
    );
    assert.equal(await page.inputValue('[aria-label="standard deviation of the accuracy"]'), '1.43%');
    const again = await open(new URL(page.url()).hash);
    await audited(again);
    assert.equal(await again.inputValue('#folds'), '10');
    await again.fill('#folds', '');
    await again.fill('#text', '| Model | Accuracy | Kappa |\n|---|---|---|\n| A | 70.0 | 0.75 |');
    await again.waitForFunction(
      () => /kappa is at most/.test(document.getElementById('verdict')!.textContent!),
      undefined,
      PATIENT,
    );
    assert.equal(await again.inputValue('[aria-label="Cohen\'s kappa"]'), '0.75');
    assert.deepEqual(await axeFaults(again), []);
    await page.close();
    await again.close();
  });

  it('fits a phone and a desk, by day and by night, also with two readings and what is left out', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1500]) {
        const page = await open();
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.fill('#text', `${pasted(7, 3589, true)}\nDevice: 3 cards`);
        await audited(page);
        assert.match((await page.textContent('#verdict'))!, /^\s*impossible as printed.*Readings/s);
        assert.deepEqual(await axeFaults(page), [], `${colorScheme}, ${width}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0, `${wide} pixels too wide at ${width}`);
        const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(paper, colorScheme === 'dark' ? 'rgb(22, 25, 29)' : 'rgb(255, 255, 255)');
        await page.close();
      }
    }
  });

  it('decides seven classes and twenty, of which the larger takes at most ten times as long', async () => {
    const seconds = async (text: string) => {
      const page = await open();
      const start = performance.now();
      await page.fill('#text', text);
      await audited(page);
      const spent = performance.now() - start;
      assert.match((await page.textContent('#verdict'))!, /^\s*(?:consistent|impossible)/);
      await page.close();
      return spent;
    };
    for (const isMoved of [false, true]) {
      const ratios: number[] = [];
      for (let round = 0; round < 3; round++) {
        const small = await seconds(pasted(7, 3589, isMoved));
        ratios.push((await seconds(pasted(20, 40_000, isMoved))) / small);
      }
      assert.ok(ratios.sort((a, b) => a - b)[1]! < 10, `${ratios}`);
    }
  });

  it('asks for nothing and reports no error', () => assert.deepEqual(problems, []));
});

it('a link holds any text, and what is no link is ignored', () => {
  const saved = { text: 'Ärger 0.5 ± 怒', options: { n: 5 } };
  assert.deepEqual(readLink(writeLink(saved)), saved);
  assert.match(writeLink(saved), /^#[\w-]+$/);
  for (const hash of ['', '#', '#x', '#!!', `#${btoa('{"text":5}')}`])
    assert.equal(readLink(hash), undefined);
});
