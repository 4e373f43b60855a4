// Pictures a second of the live page in headless Chromium, with a video of one drawn face in place of the webcam:
//   node --import tsx bench/faces/page-rate.ts
// Prints what the page says of its own speed, once a second after a start of five.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fakeCamera } from '../../test/demo/fake-camera';
import { OpenDemo, statusOf } from '../../test/demo/open-demo';
import { findChromium } from '../../test/lab/browser';

const SECONDS = 15;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-rate-'));
  const demo = await OpenDemo.start(findChromium()!, fakeCamera(join(folder, 'face.y4m')));
  const page = await demo.open();
  await statusOf(page, /found/);
  await page.click('#camera');
  await statusOf(page, /webcam is on/);
  await setTimeout(5000);
  for (let second = 0; second < SECONDS; second++) {
    await setTimeout(1000);
    process.stdout.write(`${await page.textContent('#times')}\n`);
  }
  await demo.close();
  rmSync(folder, { recursive: true });
}

void main();
