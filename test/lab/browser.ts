import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The installed Chromium: `$CHROMIUM`, else the first known name on the PATH; undefined if there is none. */
export function findChromium(): string | undefined {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [process.env.CHROMIUM ?? '', ...onPath].find((path) => path !== '' && existsSync(path));
}

/** A Chromium without a window that talks to nobody but the pages it is given. @param more arguments */
export function openBrowser(executablePath: string, more: readonly string[] = []): Promise<Browser> {
  const args = [
    ...more,
    '--no-sandbox',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-sync',
    '--no-first-run',
    '--proxy-server=127.0.0.1:9',
    '--proxy-bypass-list=127.0.0.1',
  ];
  return chromium.launch({ executablePath, headless: true, args });
}
