import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { drawPhotograph } from '../../src/dataset/drawn-photograph';
import { buildSample } from '../../src/dataset/sample';
import { openDetector } from '../../src/detect/detect-faces';
import { openCalibrated } from '../../src/predict/calibrated';
import { recognizePicture } from '../../src/predict/photo';
import { findChromium } from '../lab/browser';
import { seriousFaults } from '../site/open-site';
import { fakeCamera } from './fake-camera';
import { facesOf, OpenDemo, statusOf } from './open-demo';

const chromium = findChromium();

describe('the live page', { skip: chromium || process.env.CI ? false : 'no Chromium' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-live-'));
  let demo: OpenDemo;
  let page: Page;

  before(async () => {
    demo = await OpenDemo.start(chromium!, fakeCamera(join(folder, 'face.y4m')));
    page = await demo.open();
    await statusOf(page, /found/);
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await demo?.close();
  });

  /** What the commands say of a picture file, in percent. */
  async function natively(path: string): Promise<Record<string, number>[]> {
    const classifier = openCalibrated(demo.network.run);
    const detector = await openDetector('mtcnn');
    const { faces } = await recognizePicture(path, 'picture', { classifier, detector });
    classifier.dispose();
    detector.dispose();
    return faces.map(({ probabilities }) =>
      Object.fromEntries(Object.entries(probabilities).map(([name, share]) => [name, 100 * share])),
    );
  }

  /** Percentages by class differ by no more than this. */
  function assertClose(ours: Record<string, number>[], theirs: Record<string, number>[], most: number): void {
    assert.equal(ours.length, theirs.length);
    for (const [i, face] of theirs.entries())
      for (const [name, percentage] of Object.entries(face))
        assert.ok(Math.abs(ours[i]![name]! - percentage) <= most, `face ${i}, ${name}: ${percentage}`);
  }

  async function choose(path: string, says: RegExp): Promise<void> {
    await page.evaluate(() => {
      document.getElementById('status')!.textContent = '';
    });
    await page.setInputFiles('#file', path);
    await statusOf(page, says);
  }

  /** What the page says of its first drawing. */
  async function drawn(): Promise<Record<string, number>[]> {
    const fresh = await demo.open();
    await statusOf(fresh, /found/);
    const faces = await facesOf(fresh);
    await fresh.close();
    return faces;
  }

  it('shows drawn faces first, with seven probabilities each, and no webcam', async () => {
    const faces = await facesOf(page);
    assert.equal(faces.length, 3);
    for (const face of faces) {
      assert.deepEqual(Object.keys(face), demo.network.run.record.dataset.classes);
      const sum = Object.values(face).reduce((total, percentage) => total + percentage, 0);
      assert.ok(Math.abs(sum - 100) < 0.5, `${sum} %`);
    }
    assert.equal(
      await page.evaluate(() => (document.querySelector('video') as HTMLVideoElement).srcObject),
      null,
    );
  });

  it('gives a ready crop the probabilities of the commands', async () => {
    const { images, spec } = buildSample({ seed: 3 });
    const { side } = spec;
    const path = join(folder, 'crop.png');
    const raw = { width: side, height: side, channels: 1 as const };
    await sharp(images.subarray(0, side * side), { raw })
      .png()
      .toFile(path);
    await choose(path, /ready crop/);
    assertClose(await facesOf(page), await natively(path), 0.051); // the page prints tenths of a percent
  });

  it('takes a picture that is dropped on it', async () => {
    const shown = await facesOf(page);
    await page.click('#draw');
    await statusOf(page, /found/);
    assert.notDeepEqual(await facesOf(page), shown);
    const text = readFileSync(join(folder, 'crop.png')).toString('base64');
    await page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'crop.png', { type: 'image/png' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, text);
    await statusOf(page, /ready crop/);
    assert.deepEqual(await facesOf(page), shown);
  });

  it('finds the faces of a lossless picture as the commands do, upright by its EXIF orientation', async () => {
    const path = join(folder, 'people.png');
    const { pixels, width, height } = drawPhotograph({ seed: 6, labels: [0, 3, 6] });
    const turned = sharp(pixels, { raw: { width, height, channels: 1 } }).rotate(270);
    await turned.withMetadata({ orientation: 6 }).png().toFile(path);
    await choose(path, /3 faces/);
    assertClose(await facesOf(page), await natively(path), 1);
  });

  it('says what is wrong with a file that is no picture, and goes on', async () => {
    const path = join(folder, 'photo.heic');
    writeFileSync(path, '\0\0\0\x18ftypheic\0\0\0\0');
    await choose(path, /HEIC/);
    const text = join(folder, 'photo.jpg');
    writeFileSync(text, 'not a picture');
    await choose(text, /photo\.jpg/);
    const broken = join(folder, 'broken.png');
    writeFileSync(broken, '\x89PNG\r\n\x1a\n and no more', 'latin1');
    await choose(broken, /broken\.png: this browser can't decode it as PNG/);
    await page.focus('#draw');
    await page.keyboard.press('Enter');
    await statusOf(page, /found/);
  });

  it('films only when it is asked to, by keyboard too, and stops', async () => {
    await page.focus('#camera');
    await page.keyboard.press('Enter');
    await statusOf(page, /webcam is on/);
    await page.waitForFunction(() =>
      /[1-9].* pictures a second/.test(document.getElementById('times')!.textContent!),
    );
    assert.equal((await facesOf(page)).length, 1);
    const isLive = () =>
      page.evaluate(
        () => (document.querySelector('video')!.srcObject as MediaStream | null)?.active ?? false,
      );
    assert.equal(await isLive(), true);
    await page.keyboard.press('Enter');
    await statusOf(page, /webcam is off/);
    assert.equal(await isLive(), false);
    assert.equal(await page.textContent('#camera'), 'Start the webcam');
    await page.click('#camera');
    await statusOf(page, /webcam is on/);
    await page.click('#draw'); // whatever else is asked for ends it too
    await statusOf(page, /found/);
    assert.equal(await isLive(), false);
  });

  it('has no serious fault for axe, in light and dark, and fits 360 pixels', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const narrow = await demo.open({ colorScheme, viewport: { width: 360, height: 740 } });
      await statusOf(narrow, /found/);
      assert.deepEqual(await seriousFaults(narrow), [], colorScheme);
      const width = await narrow.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 360, `${width} pixels wide`);
      await narrow.close();
    }
  });

  it('works from a file', async () => {
    const fromDisk = await demo.browser.newPage();
    const problems: string[] = [];
    fromDisk.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await fromDisk.goto(pathToFileURL(join(demo.folder, 'live.html')).href);
    await statusOf(fromDisk, /found/);
    assert.deepEqual(await facesOf(fromDisk), await drawn());
    assert.deepEqual(problems, []);
    await fromDisk.close();
  });

  it('may not talk to anybody, not even to its own server', async () => {
    const quiet = await demo.browser.newPage(); // whose errors are wanted
    await quiet.goto(demo.server.address('live.html'));
    const isRefused = (expression: string) => quiet.evaluate(`${expression}.then(() => false, () => true)`);
    assert.equal(await isRefused("fetch('/assets/style.css')"), true);
    assert.equal(await isRefused("Object.assign(new Image(), { src: '/assets/style.css' }).decode()"), true);
    assert.equal(await isRefused("import('/assets/live.js?other', {})"), false); // its own scripts alone
    assert.equal(await isRefused("import('data:text/javascript,')"), true);
    await quiet.close();
  });
});
