import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { NOTEBOOKS } from '../../src/notebook/run-notebooks';
import { projectRoot } from '../../src/paths';
import { findChromium, openBrowser } from './browser';
import { freePort, labState, waitUntilReady } from './lab-server';

const MINUTE = 60_000;
const chromium = findChromium();
const skip = chromium || process.env.CI ? false : 'there is no Chromium (set CHROMIUM, or install it)';

const state = mkdtempSync(join(tmpdir(), 'ferlab-start-'));
after(() => rmSync(state, { recursive: true, force: true, maxRetries: 5 }));

/** `npm run lab` as a newcomer starts it, without settings of their own, but for the browser and the port. */
async function startLab() {
  const [port, token] = [await freePort(), 'start'];
  const words = ['--no-browser', `--ServerApp.port=${port}`, `--IdentityProvider.token=${token}`];
  const child = spawn(process.execPath, [join(projectRoot(), 'setup/lab.mjs'), ...words], {
    env: { ...process.env, FER2013: undefined, ...labState(state) },
    stdio: 'ignore',
  });
  after(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const address = (path: string) => `http://127.0.0.1:${port}/${path}?token=${token}`;
  await waitUntilReady(address('api/status'), child, () => 'see the output of npm run lab');
  return address;
}

test('npm run lab opens on a guide to the notebooks, and asks nothing', {
  skip,
  timeout: 10 * MINUTE,
}, async () => {
  assert.ok(chromium);
  const address = await startLab();
  const browser = await openBrowser(chromium);
  after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
  page.setDefaultTimeout(3 * MINUTE);
  await page.goto(address(''), { waitUntil: 'domcontentloaded' });
  const guide = page.locator('.jp-MarkdownViewer');
  await guide.getByRole('heading', { name: 'ferlab' }).waitFor();
  const text = (await guide.textContent()) ?? '';
  assert.match(text, /Data: (FER-2013|the built-in sample)/);
  const links = await guide.locator('p strong a').allTextContents();
  assert.deepEqual(
    links.map((title) => title[0]),
    NOTEBOOKS.map((name) => String(Number(name.slice(0, 2)))),
  );
  await guide.getByRole('link', { name: /^5 / }).click();
  await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor();
  await page.getByText('TypeScript (ferlab) | Idle').waitFor();
  assert.equal(await page.locator('.Toastify__toast').count(), 0, 'a pop-up');
  assert.doesNotMatch((await page.textContent('body')) ?? '', /Jupyter news/);
});
