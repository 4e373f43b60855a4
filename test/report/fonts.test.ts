import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { FONT_FAMILY, provideFont } from '../../src/report/static/fonts';
import { temporaryFolder } from '../temporary';

/** Draws a word with sharp in a process of its own, whose machine has no fonts. @returns width of the ink in pixels */
function inkWidth(prepare: string): number {
  const folder = temporaryFolder();
  const bare = join(folder, 'bare.conf');
  writeFileSync(bare, '<?xml version="1.0"?><fontconfig></fontconfig>');
  const script = join(folder, 'draw.cjs');
  writeFileSync(
    script,
    `${prepare}
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="80"><rect width="600" height="80" fill="white"/><text x="20" y="50" font-size="40" font-family="${FONT_FAMILY}">Happiness 0.92</text></svg>';
    require(${JSON.stringify(require.resolve('sharp'))})(Buffer.from(svg)).trim({ background: 'white' }).toBuffer({ resolveWithObject: true })
      .then(({ info }) => process.stdout.write(String(info.width)));`,
  );
  const environment = { ...process.env, FONTCONFIG_FILE: bare, FERLAB_CACHE: folder };
  return Number(
    execFileSync(process.execPath, ['--import', 'tsx', script], { env: environment, encoding: 'utf8' }),
  );
}

test('on a machine without fonts, text is drawn as wide as it was measured', () => {
  provideFont();
  const context = createCanvas(1, 1).getContext('2d');
  context.font = `40px ${FONT_FAMILY}`;
  const measured = context.measureText('Happiness 0.92').width;
  const source = JSON.stringify(join(__dirname, '../../src/report/static/fonts'));
  const drawn = inkWidth(`require(${source}).provideFont();`);
  // The ink lacks the blank at both sides of the letters.
  assert.ok(Math.abs(measured - drawn) < 8, `measured ${measured}, drawn ${drawn}`);
});
