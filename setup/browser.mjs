// The browser and fonts that the tests of the JupyterLab page need.
import { ask, run, SetupError } from './shell.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Path of a Chromium, or null; `$CHROMIUM` decides if it is set. */
export function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return NAMES.map((name) => ask('sh', ['-c', `command -v ${name}`])).find(Boolean) ?? null;
}

/**
 * Installs Debian's Chromium where there is none and this process may.
 * @throws SetupError that says what to install otherwise
 */
export function installBrowser() {
  if (findBrowser()) return;
  if (process.getuid?.() !== 0 || ask('sh', ['-c', 'command -v apt-get']) === null) {
    throw new SetupError(
      'no Chromium: sudo apt install chromium fonts-liberation, or set CHROMIUM to its path',
    );
  }
  process.stderr.write('set-up: Chromium ...\n');
  run('apt-get', ['update']);
  run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
