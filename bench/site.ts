// Measures a built site in Chromium, from disk:  node --import tsx bench/site.ts [folder]
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { median } from 'simple-statistics';
import { findChromium } from '../test/lab/browser';

const folder = resolve(process.argv[2] ?? 'site');
const ROUNDS = 7;

/** Milliseconds from the start of navigation until all that the front page shows is there. */
async function frontPage(browser: Browser): Promise<number> {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(folder, 'index.html')).href, { waitUntil: 'load' });
  const [entry] = await page.evaluate(() =>
    performance.getEntriesByType('navigation').map((one) => one.toJSON()),
  );
  await page.close();
  return entry.loadEventEnd;
}

/** Milliseconds from a click on a cell until its images are drawn, measured in the page. */
async function clicks(browser: Browser): Promise<number[]> {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(folder, 'explorer.html')).href);
  await page.waitForSelector('#matrix-3-3');
  const times: number[] = [];
  for (const cell of ['3-3', '4-2', '6-6', '2-4', '3-3', '0-6', '5-5']) {
    times.push(
      await page.evaluate(async (id) => {
        const before = document.querySelector('#cell')!.textContent;
        const start = performance.now();
        document.getElementById(`matrix-${id}`)!.click();
        while (document.querySelector('#cell')!.textContent === before)
          await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame); // drawn
        return performance.now() - start;
      }, cell),
    );
  }
  await page.close();
  return times;
}

function frontBytes(): number {
  const text = readFileSync(join(folder, 'index.html'), 'utf8');
  const paths = [...text.matchAll(/<(?:script|img|link)[^>]* (?:src|href)="([^"]+)"/g)].map(
    ([, path]) => path!,
  );
  const files = paths.filter((path) => !path.startsWith('data:'));
  return ['index.html', ...files].reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
}

async function main(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: findChromium()!,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const front: number[] = [];
  for (let i = 0; i < ROUNDS; i++) front.push(await frontPage(browser));
  const click = await clicks(browser);
  await browser.close();
  const text = (times: readonly number[]) =>
    `${median([...times]).toFixed(0)} ms (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)})`;
  process.stdout.write(`front page: ${text(front)}, ${(frontBytes() / 1e6).toFixed(2)} MB without plotly\n`);
  process.stdout.write(`a click in the explorer: ${text(click)}\n`);
}

void main();
