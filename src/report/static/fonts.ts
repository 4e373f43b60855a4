import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import { escapeMarkup } from '../../markup';
import { cacheFolder } from '../../paths';
import { writeWhole } from '../../write-whole';

/**
 * What pictures are lettered in: Arimo, which comes with the project. A viewer without it takes one of the others;
 * Arial and Liberation Sans have the same widths.
 */
export const FONT_FAMILY = 'Arimo, Arial, Liberation Sans, Helvetica, sans-serif';

const FACES = ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf'];

/**
 * Makes the typeface known to the canvas that measures text, and to sharp, which draws it. To be called before sharp
 * draws its first SVG: its font library (fontconfig) reads its configuration once per process, and only from the
 * environment.
 */
export function provideFont(): void {
  const folder = dirname(require.resolve('@expo-google-fonts/arimo/package.json'));
  if (!GlobalFonts.has('Arimo')) for (const face of FACES) GlobalFonts.registerFromPath(join(folder, face));
  const path = join(cacheFolder(), 'fonts.conf');
  const earlier = process.env.FONTCONFIG_FILE ?? '/etc/fonts/fonts.conf';
  if (earlier === path) return;
  mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, fontConfiguration(folder, earlier));
  process.env.FONTCONFIG_FILE = path;
}

/** The configuration that held before, and the project's typeface. */
function fontConfiguration(folder: string, earlier: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <include ignore_missing="yes">${escapeMarkup(earlier)}</include>`,
    ...FACES.map((face) => `  <dir>${escapeMarkup(join(folder, dirname(face)))}</dir>`),
    '</fontconfig>',
    '',
  ].join('\n');
}
