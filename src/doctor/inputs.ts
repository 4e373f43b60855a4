import { findCopy } from '../dataset/find';
import { loadDataset } from '../dataset/load';
import { PAPER_DATASET } from '../dataset/specs';
import { FONT_FAMILY, provideFont } from '../report/static/fonts';
import { absent, type DoctorCheck, type DoctorOutcome, failed, passed, SET_UP_AGAIN } from './check';

const WORD = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30">
  <rect width="80" height="30" fill="white"/>
  <text x="4" y="22" font-size="20" font-family="${FONT_FAMILY}">anger</text></svg>`;

/** Draws a word as figures are drawn and looks for ink: without a font it is left out, and nobody says so. */
async function fonts(): Promise<DoctorOutcome> {
  provideFont();
  const { default: sharp } = await import('sharp');
  const pixels = await sharp(Buffer.from(WORD)).greyscale().raw().toBuffer();
  const dark = pixels.filter((value) => value < 128).length;
  const font = FONT_FAMILY.split(',')[0] ?? '';
  return dark > 50 ? passed(`${font}, drawn`) : failed('figures would have no text', SET_UP_AGAIN);
}

async function data(): Promise<DoctorOutcome> {
  const path = findCopy();
  if (path === null) {
    const { title, files } = PAPER_DATASET;
    const remedy = `put ${files?.tables[0]} into data/, set ${files?.variable} to its path, or run \`npx ferlab data fetch\``;
    return absent(`no ${title}: the built-in synthetic sample is used instead`, remedy);
  }
  const dataset = await loadDataset({ path });
  return passed(`${path}: ${dataset.count} images, sha256 ${dataset.source.sha256}`);
}

export const inputChecks: readonly DoctorCheck[] = [
  { name: 'fonts', run: fonts },
  { name: 'data', run: data },
];
