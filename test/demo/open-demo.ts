import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { buildDemo } from '../../src/demo/build';
import { type FolderServer, serveFolder } from '../../src/demo/server';
import { modelsFolder } from '../../src/run/published-models';
import { type ShownNetwork, shownNetwork } from '../../src/site/live/network';
import { LIVE_POLICY } from '../../src/site/pages/live';
import { openBrowser } from '../lab/browser';

/** The live page in a browser, from its server; notes every error and every request for anything that is not its own. */
export class OpenDemo {
  readonly problems: string[] = [];

  private constructor(
    readonly folder: string,
    readonly network: ShownNetwork,
    readonly server: FolderServer,
    readonly browser: Browser,
  ) {}

  /** @param more arguments of the browser, @param name the network that is shown */
  static async start(chromium: string, more: readonly string[] = [], name?: string): Promise<OpenDemo> {
    const folder = mkdtempSync(join(tmpdir(), 'ferlab-demo-'));
    const network = shownNetwork(modelsFolder(), name);
    await buildDemo(folder, network);
    const server = await serveFolder({ folder, policy: LIVE_POLICY, port: 0 });
    return new OpenDemo(folder, network, server, await openBrowser(chromium, more));
  }

  /** Opens the page without waiting for its networks. */
  async open(options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
    const page = await this.browser.newPage(options);
    const address = this.server.address('live.html');
    const { origin } = new URL(address);
    page.on('console', (message) => message.type() === 'error' && this.problems.push(message.text()));
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('request', (request) => {
      const url = request.url().replace(/^blob:/, '');
      if (!url.startsWith(`${origin}/`) && url !== 'data:,') this.problems.push(`asks for ${url}`);
    });
    await page.goto(address);
    return page;
  }

  /** @throws when a page had an error or asked for anything else */
  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
    rmSync(this.folder, { recursive: true });
    assert.deepEqual(this.problems, []);
  }
}

/** Waits until the status says so. @returns what it says */
export async function statusOf(page: Page, pattern: RegExp): Promise<string> {
  const { source } = pattern;
  const says = (wanted: string) => new RegExp(wanted).test(document.getElementById('status')!.textContent!);
  await page.waitForFunction(says, source, { timeout: 240_000 });
  return (await page.textContent('#status'))!;
}

/** What the page says of each face: the percentages by class, as they are printed. */
export const facesOf = (page: Page): Promise<Record<string, number>[]> =>
  page.$$eval('#faces li', (cards) =>
    cards.map((card) =>
      Object.fromEntries(
        [...card.querySelectorAll('tbody tr')].map((row) => [
          row.querySelector('th')!.textContent!,
          Number.parseFloat(row.querySelector('td')!.textContent!),
        ]),
      ),
    ),
  );
