import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { solutionCopy, studentCopy } from '../../src/notebook/lab/copies';
import { loadLab } from '../../src/notebook/lab/labs';
import { joinText, writeNotebook } from '../../src/notebook/notebook-file';
import { findPython } from '../../src/notebook/python';
import { findChromium, openBrowser } from './browser';
import { type LabServer, startLab, writeKernelspec } from './lab-server';

const LAB = process.env.FERLAB_LAB ?? '1-data-and-bias';
const MINUTE = 60_000;
const chromium = findChromium();
const missing = 'there is no Chromium (set CHROMIUM, or install it)';

/** Everything here is done from the keyboard: no test presses a button of the mouse. */
describe(`the empty student copy of lab ${LAB} in JupyterLab`, {
  skip: chromium || process.env.CI ? false : missing,
  timeout: 30 * MINUTE,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-student-'));
  const root = join(folder, 'labs');
  const path = join(root, `${LAB}.ipynb`);
  const { cells } = loadLab(LAB);
  const code = cells.filter(({ kind }) => kind === 'code');
  const [exercise] = cells.filter(({ isSolution }) => isSolution);
  let lab: LabServer | undefined;
  let browser: Browser | undefined;
  let page: Page;

  before(async () => {
    assert.ok(chromium, missing);
    mkdirSync(root);
    process.env.JUPYTER_PATH = writeKernelspec(folder);
    writeNotebook(path, studentCopy(cells));
    lab = await startLab({ python: findPython(), root, state: join(folder, 'state') });
    browser = await openBrowser(chromium);
    page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
    page.setDefaultTimeout(10 * MINUTE);
    await page.goto(lab.address(`lab/tree/${LAB}.ipynb`), { waitUntil: 'domcontentloaded' });
    await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor();
    await page.getByText('TypeScript (ferlab) | Idle').waitFor();
  });

  // To look at the pages: FERLAB_SCREENSHOTS names a folder.
  afterEach(async ({ name }) => {
    const shots = process.env.FERLAB_SCREENSHOTS;
    if (shots) await takeShots(join(shots, `${LAB}-${name.replace(/\W+/g, '-')}`));
  });

  after(async () => {
    await browser?.close();
    await lab?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function takeShots(start: string): Promise<void> {
    const all = page.locator('.jp-Notebook .jp-Cell');
    for (let i = 0; i < (await all.count()); i += 3) {
      await all.nth(i).evaluate((cell) => cell.scrollIntoView({ block: 'start' }));
      await page.waitForTimeout(200);
      await page.screenshot({ path: `${start}-${String(i).padStart(2, '0')}.png` });
    }
  }

  const notebook = () => page.locator('.jp-Notebook');
  const errors = () => notebook().locator('[data-mime-type="application/vnd.jupyter.error"]');
  const active = () => notebook().locator('.jp-Cell.jp-mod-active');
  const press = (keys: string) => page.keyboard.press(keys);

  /** Waits until every code cell has run that was asked to. */
  async function settle(): Promise<void> {
    await page.waitForFunction(
      (count) => {
        const prompts = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')];
        const texts = prompts.map(({ textContent }) => textContent ?? '');
        return (
          texts.filter((text) => /\[\d+\]/.test(text)).length >= count &&
          !texts.some((text) => text.includes('*'))
        );
      },
      code.length,
      { timeout: 20 * MINUTE },
    );
  }

  it('runs from the first cell to the last by Shift+Enter, without an error', async () => {
    for (const _ of cells) await press('Shift+Enter');
    await settle();
    assert.deepEqual(await errors().allTextContents(), []);
    const printed = await notebook().locator('[data-mime-type*="stdout"]').allTextContents();
    const named = [...printed.join('\n').matchAll(/^First write (\w+), then run this cell again/gm)];
    assert.ok(named.length > 0, printed.join('\n'));
    for (const [, name] of named)
      assert.ok(
        cells.some(({ isSolution, text }) => isSolution && text.includes(`function ${name}(`)),
        name,
      );
  });

  it('has one heading of the first level, then the next ones in order', async () => {
    const levels = await notebook()
      .locator('h1, h2, h3, h4')
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    assert.equal(levels.filter((level) => level === 1).length, 1);
    for (const [i, level] of levels.slice(1).entries()) assert.ok(level <= levels[i]! + 1, `${levels}`);
  });

  it('has an alternative text of its own for every picture', async () => {
    const pictures = notebook().locator('.jp-OutputArea img');
    const texts = await pictures.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).alt));
    const waits = (text: string) => !/^await show\(\w+Grid\(/m.test(text);
    assert.equal(
      texts.length === 0,
      code.every(({ text }) => waits(text)),
    );
    for (const text of texts) assert.match(text, /\d+ images/);
    assert.equal(new Set(texts).size, texts.length);
  });

  it('lets an exercise be solved and checked from the keyboard', async () => {
    await press('Escape');
    while (!(await active().textContent())?.includes(`function ${nameOf(exercise!.text)}(`))
      await press('ArrowUp');
    await press('Enter');
    await press('Control+A');
    await page.keyboard.insertText(solution(exercise!.id));
    await press('Shift+Enter');
    await press('Shift+Enter');
    await active()
      .locator('xpath=preceding-sibling::*[1]')
      .getByText(/^right: /)
      .first()
      .waitFor();
    assert.deepEqual(await errors().allTextContents(), []);
  });

  it('is left from within a cell by Escape, and saved by Ctrl+S', async () => {
    await press('Enter');
    await press('Tab');
    await press('Control+Z');
    await press('Escape');
    const place = await active().evaluate((cell) => [...cell.parentElement!.children].indexOf(cell));
    await press('ArrowUp');
    assert.equal(
      await active().evaluate((cell) => [...cell.parentElement!.children].indexOf(cell)),
      place - 1,
    );
    await press('Control+s');
    const mark = solution(exercise!.id).split('\n').at(-2)!.trim();
    while (!readFileSync(path, 'utf8').includes(JSON.stringify(mark).slice(1, -1)))
      await page.waitForTimeout(200);
  });

  const nameOf = (text: string) => /^(?:async )?function (\w+)/m.exec(text)![1]!;
  const solution = (id: string) => joinText(solutionCopy(cells).cells.find((cell) => cell.id === id)!.source);
});
