import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { findPython } from '../../src/notebook/python';
import { findChromium, openBrowser } from './browser';
import { type LabServer, startLab } from './lab-server';
import { git, makeScratchRepository, trainSmallRun } from './scratch';

const NOTEBOOK = '04-tables-and-figures.ipynb';
const MINUTE = 60_000;
const chromium = findChromium();
const missing = 'there is no Chromium (set CHROMIUM, or install it)';

describe('notebook 4 in JupyterLab', {
  skip: chromium || process.env.CI ? false : missing,
  timeout: 20 * MINUTE,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-lab-'));
  const repository = join(folder, 'repository');
  let lab: LabServer | undefined;
  let browser: Browser | undefined;
  let page: Page;

  before(async () => {
    assert.ok(chromium, missing);
    process.env.FERLAB_RUNS = join(folder, 'runs');
    process.env.FERLAB_FIGURES = join(folder, 'figures');
    makeScratchRepository(repository);
    await trainSmallRun();
    lab = await startLab({ python: findPython(), root: repository, state: join(folder, 'state') });
    browser = await openBrowser(chromium);
    page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
    page.setDefaultTimeout(3 * MINUTE);
    await page.goto(lab.address(`lab/tree/notebooks/${NOTEBOOK}`), { waitUntil: 'domcontentloaded' });
    await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor();
    await page.getByText('TypeScript (ferlab) | Idle').waitFor();
  });

  // To look at the page: FERLAB_SCREENSHOTS names a folder.
  afterEach(async ({ name }) => {
    const shots = process.env.FERLAB_SCREENSHOTS;
    if (shots) await page.screenshot({ path: join(shots, `${name.replace(/\W+/g, '-')}.png`) });
  });

  after(async () => {
    await browser?.close();
    await lab?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** What stands in the margins of the code cells: `[3]:`, or `[*]:` while it runs. */
  const prompts = () => page.locator('.jp-Notebook .jp-CodeCell .jp-InputPrompt').allTextContents();

  it('runs from top to bottom without an error', async () => {
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
    const deadline = Date.now() + 10 * MINUTE;
    while (!(await prompts()).every((text) => /\[\d+\]/.test(text))) {
      assert.ok(Date.now() < deadline, `cells did not finish: ${await prompts()}`);
      assert.equal(
        await page.locator('[data-mime-type="application/vnd.jupyter.error"]').count(),
        0,
        await errors(),
      );
      await page.waitForTimeout(500);
    }
    assert.equal(
      await page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count(),
      0,
      await errors(),
    );
  });

  const errors = async () =>
    (await page.locator('[data-mime-type*="vnd.jupyter"]').allTextContents()).join('\n');

  it('shows interactive plotly figures: a mode bar, and values under the mouse', async () => {
    const figures = page.locator('.jp-Notebook .jp-CodeCell').filter({ hasText: /await show\(plot/ });
    assert.ok((await figures.count()) >= 8, `${await figures.count()} cells that show a figure`);
    await figures.first().scrollIntoViewIfNeeded();
    const plot = figures.first().locator('.js-plotly-plot').first();
    await plot.waitFor();
    await plot.locator('.modebar-btn').first().waitFor({ state: 'attached' });
    const box = (await plot.locator('.barlayer .point').first().boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    await plot.locator('.hoverlayer .hovertext').first().waitFor();
    assert.match((await plot.textContent()) ?? '', /synthetic sample/);
  });

  it('shows the tables as HTML', async () => {
    const tables = page.locator('.jp-Notebook table.dataframe');
    const captions = await tables.locator('caption').allTextContents();
    for (const number of ['I', 'II', 'III', 'IV']) {
      const caption = captions.find((text) => text.startsWith(`Table ${number}.`));
      assert.match(caption ?? '', /synthetic sample/, `Table ${number}`);
    }
    const accuracy = await tables.filter({ hasText: 'Table I.' }).first().textContent();
    assert.match(accuracy ?? '', /Happiness/);
    assert.match(accuracy ?? '', /0\.92/);
  });

  it('shows the changed notebook in the git panel, and commits it', async () => {
    assert.equal(git(repository, 'status', '--porcelain'), '');
    await page.keyboard.press('Control+s');
    await page.locator('.lm-TabBar-tab[data-id="jp-git-sessions"]').click();
    const panel = page.locator('#jp-git-sessions');
    const file = panel.locator(`[title*="${NOTEBOOK} • Modified"]`);
    await file.waitFor();
    await file.hover();
    await file.locator('[title="Stage this change"]').click();
    await panel.getByPlaceholder(/^(Commit message|Summary)/).fill('Run notebook 4');
    await panel.getByRole('button', { name: 'Commit', exact: true }).click();
    await page.getByRole('button', { name: 'Keep Outputs & Commit' }).click();
    const deadline = Date.now() + 2 * MINUTE;
    while (git(repository, 'log', '-1', '--format=%s') !== 'Run notebook 4') {
      assert.ok(Date.now() < deadline, 'nothing was committed');
      await page.waitForTimeout(300);
    }
    assert.equal(git(repository, 'show', '--name-only', '--format=', 'HEAD'), `notebooks/${NOTEBOOK}`);
  });
});
