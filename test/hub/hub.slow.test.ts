// Runs alone: it starts a hub, a proxy, servers and a browser
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { solutionCopy } from '../../src/notebook/lab/copies';
import { loadLab } from '../../src/notebook/lab/labs';
import { joinText } from '../../src/notebook/notebook-file';
import { projectRoot } from '../../src/paths';
import { findChromium, openBrowser } from '../lab/browser';
import { Course } from '../notebook/lab/course';
import { ClassServer, HUB, PYTHON } from './class-server';

const LAB = '5-metrics-by-hand';
const PASSWORD = 'a-long-enough-password';
const MINUTE = 60_000;

describe('a server for the class', { timeout: 180 * MINUTE }, () => {
  const server = new ClassServer();
  const { state } = server;
  const course = new Course();

  before(async () => {
    await server.start();
    course.nbgrader('generate_assignment', LAB);
    course.nbgrader('release_assignment', LAB, `--Exchange.root=${state}/exchange`);
  });

  after(async () => {
    await server.stop();
    course.remove();
  });

  it('lets simulated students solve a lab side by side', async () => {
    const rows = await server.tryWith(2, LAB);
    assert.equal(rows.at(-1)!.failed, 0, JSON.stringify(rows));
    assert.deepEqual(
      rows.slice(0, -1).map(({ points }) => points),
      [14, 14],
    );
  });

  it('shows a student the installation and the student alone', () => {
    mkdirSync(join(state, 'homes/another'), { recursive: true });
    mkdirSync(join(state, 'inbox/another'), { recursive: true });
    writeFileSync(join(state, 'inbox/another/work'), '');
    const { stdout, stderr } = spawnSync(PYTHON, [join(__dirname, 'look.py'), projectRoot(), state, 'eve'], {
      encoding: 'utf8',
    });
    assert.match(stdout, /^homes: eve\ninbox:\nprocesses: \d\nuser: eve\nwrote\n+$/, stdout + stderr);
    assert.ok(existsSync(join(state, 'homes/eve/mine')));
  });

  it('starts a few servers at a time, and turns nobody away', () => {
    const { stdout, stderr } = spawnSync(PYTHON, [join(__dirname, 'turns.py'), projectRoot()], {
      encoding: 'utf8',
    });
    const told = 'Other servers start first: yours waits for its turn. Your server starts.';
    assert.equal(stdout, `at a time: 3; started: 12; told: ${told}\n`, stderr);
  });

  it('takes a student in a browser from the log-in to a submitted lab, and the teacher to a grade', async (t) => {
    const chromium = findChromium();
    if (!chromium) return t.skip('no Chromium');
    const browser = await openBrowser(chromium);
    const page = await browser.newPage();
    page.setDefaultTimeout(30 * MINUTE);
    try {
      await logIn(page, 'anna');
      await openAssignments(page);
      await page.getByText('Fetch', { exact: true }).click();
      await page.getByText('Submit', { exact: true }).waitFor();
      await page.goto(`${server.url}/user/anna/lab/tree/${LAB}/${LAB}.ipynb`);
      await solve(page, 'interval', 'wilson');
      await openAssignments(page);
      await page.getByText('Submit', { exact: true }).click();
      await page.getByText('There are no submitted assignments').waitFor({ state: 'hidden' });
    } finally {
      await browser.close();
    }
    assert.equal(readdirSync(join(state, 'inbox/anna')).length, 1);
    collectAndGrade();
    assert.equal(course.scores(LAB).get('anna'), 2);
  });

  async function logIn(page: Page, name: string): Promise<void> {
    await page.goto(`${server.url}/hub/signup`);
    await page.fill('input[name=username]', name);
    await page.fill('input[name=signup_password]', PASSWORD);
    await page.fill('input[name=signup_password_confirmation]', PASSWORD);
    await page.click('[type=submit]');
    await page.waitForSelector('.alert');
    await page.goto(`${server.url}/hub/login`);
    await page.fill('input[name=username]', name);
    await page.fill('input[name=password]', PASSWORD);
    await page.click('[type=submit]');
    await page.waitForURL(/\/lab/);
    await page.waitForSelector('.jp-DirListing-item');
  }

  /** Opens the list, or shows it where JupyterLab has restored it with the layout, which it saves only now and then. */
  async function openAssignments(page: Page): Promise<void> {
    await page.getByRole('menuitem', { name: 'Nbgrader' }).click();
    await page.getByRole('menuitem', { name: 'Assignment List' }).click();
  }

  /** Writes the solution of one exercise into the notebook that is open, runs everything and saves. */
  async function solve(page: Page, exercise: string, word: string): Promise<void> {
    await page.waitForSelector('.jp-Notebook .jp-CodeCell');
    const { cells } = solutionCopy(loadLab(LAB).cells);
    const editor = page.locator('.jp-CodeCell .cm-content', { hasText: `function ${word}` });
    await page.locator('.jp-Notebook').press('End');
    await editor.scrollIntoViewIfNeeded();
    await editor.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(joinText(cells.find(({ id }) => id === exercise)!.source));
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
    await page.getByText('right: half of 100 images').waitFor();
    await page.keyboard.press('Control+S');
    const file = join(state, 'homes/anna', LAB, `${LAB}.ipynb`);
    while (!readFileSync(file, 'utf8').includes('right: half of 100 images')) await delay(300);
  }

  function collectAndGrade(): void {
    const { stdout } = spawnSync(PYTHON, [join(HUB, 'collect.py'), state], { encoding: 'utf8' });
    assert.match(stdout, /^collected anna\+/m);
    assert.match(stdout, /^left work: it bears another name/m);
    course.nbgrader('collect', LAB, `--Exchange.root=${state}/exchange`);
    course.nbgrader('autograde', LAB, '--student=anna');
  }
});
