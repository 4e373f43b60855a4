import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { modelsFolder } from '../../src/run/published-models';
import { buildSite } from '../../src/site/build';
import { openBrowser } from '../lab/browser';

/** Models of both protocols, two of them over seeds: enough for every page, and quick to draw. */
export const SHOWN = [
  'paper-cnn-plain-seed1',
  'paper-cnn-plain-seed2',
  'strong-cnn-seed1',
  'strong-cnn-wide-distilled-seed4',
];

/** A site in a browser that notes every error of its pages, and every request that leaves its folder. */
export class OpenSite {
  readonly problems: string[] = [];

  private constructor(
    readonly folder: string,
    readonly pages: readonly string[],
    private readonly browser: Browser,
    private readonly temporary: string,
  ) {}

  /** Builds a site of some models. `$FERLAB_TEST_SITE` names one that was built before. @param data the user's pictures */
  static async build(chromium: string, data?: string): Promise<OpenSite> {
    const temporary = mkdtempSync(join(tmpdir(), 'ferlab-site-'));
    for (const name of [...SHOWN, 'data-9631e285f959.csv'])
      symlinkSync(join(modelsFolder(), name), join(temporary, name));
    const built = process.env.FERLAB_TEST_SITE;
    const folder = built && data === undefined ? built : join(temporary, 'site');
    if (!existsSync(folder)) await buildSite(folder, { models: temporary, data });
    const { pages } = JSON.parse(readFileSync(join(folder, 'ferlab-site.json'), 'utf8'));
    return new OpenSite(folder, pages, await openBrowser(chromium), temporary);
  }

  /** Opens a page, such as `explorer.html#cell=1,2`. */
  async open(address: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
    const page = await this.browser.newPage(options);
    page.on('console', (message) => message.type() === 'error' && this.problems.push(message.text()));
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('request', (request) => {
      const isOwn =
        request.url().startsWith(pathToFileURL(this.folder).href) || /^(data|blob):/.test(request.url());
      if (!isOwn) this.problems.push(`asks for ${request.url()}`);
    });
    const [file, hash] = address.split('#');
    await page.goto(`${pathToFileURL(join(this.folder, file!)).href}${hash === undefined ? '' : `#${hash}`}`);
    return page;
  }

  /** @throws when a page had an error or left its folder */
  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.temporary, { recursive: true, force: true });
    assert.deepEqual(this.problems, []);
  }
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeFinding {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

/** Runs axe in a page. @returns its serious findings, each with the elements */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: AxeFinding[] }> };
    };
    const { violations } = await axe.run({ preload: false }); // it would read the style sheet, which a page from disk may not
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html)}`);
  });
}
