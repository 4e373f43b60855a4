import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { temporaryFolder } from '../temporary';

const ROOT = resolve(__dirname, '../..');
const CLASSES = ['Anger', 'Contempt', 'Disgust', 'Fear', 'Happy', 'Neutral', 'Sadness', 'Surprise'];

/** All that a new data set takes: this file, and one line in the list. */
const SPEC = `import type { DatasetSpec } from '../spec';

export const STUDIO: DatasetSpec = {
  name: 'studio',
  title: 'Studio',
  classes: ${JSON.stringify(CLASSES)},
  side: 64,
  parts: [],
  showsPeople: true,
  subjectOf: (path) => /(S\\d+)_/.exec(path)?.[1] ?? null,
  citation: 'nobody 2026',
};
`;

/** The project with one file and one line more; everything else is the same. */
function projectWithThird(folder: string): string {
  const root = join(folder, 'project');
  mkdirSync(root);
  for (const name of readdirSync(ROOT)) {
    if (!['src', 'runs', 'figures', 'data', '.git'].includes(name))
      symlinkSync(join(ROOT, name), join(root, name));
  }
  cpSync(join(ROOT, 'src'), join(root, 'src'), { recursive: true });
  writeFileSync(join(root, 'src/dataset/specs/studio.ts'), SPEC);
  const list = join(root, 'src/dataset/specs/index.ts');
  const text = readFileSync(list, 'utf8');
  const line =
    'export const SPECS: readonly DatasetSpec[] = [FER2013, FERPLUS, CK_PLUS, JAFFE, RAF_DB, AFFECTNET, SAMPLE];';
  assert.ok(text.includes(line));
  const added = text.replace(line, line.replace('SAMPLE]', "SAMPLE, require('./studio').STUDIO]"));
  writeFileSync(list, added);
  return root;
}

/** Twelve people, two pictures of each class of each. */
async function writePictures(folder: string): Promise<string> {
  const root = join(folder, 'pictures');
  for (const [label, name] of CLASSES.entries()) {
    mkdirSync(join(root, name), { recursive: true });
    for (let i = 0; i < 24; i++) {
      const pixels = Buffer.from(
        Array.from({ length: 80 * 80 }, (_, k) => (k * (label + 2) + 37 * i + (k >> 5) * label) & 255),
      );
      const file = join(root, name, `S${10 + (i % 12)}_${i}.png`);
      await sharp(pixels, { raw: { width: 80, height: 80, channels: 1 } })
        .png()
        .toFile(file);
    }
  }
  return root;
}

test('a third data set of 8 classes, 64 pixels and people without official parts takes one file and one line', async (t) => {
  const folder = temporaryFolder(t);
  const root = projectWithThird(folder);
  const pictures = await writePictures(folder);
  const environment = {
    ...process.env,
    FERLAB_RUNS: join(folder, 'runs'),
    FERLAB_CACHE: join(folder, 'cache'),
  };
  const ferlab = (...words: string[]) => {
    const main = join(root, 'src/cli/main.ts');
    const options = { cwd: root, env: environment, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', main, ...words],
      options,
    );
    assert.equal(status, 0, `${words.join(' ')}\n${stdout}\n${stderr}`);
    return stdout;
  };
  const words = ['--data', pictures, '--dataset', 'studio', '--profile', 'smoke', '--protocol', 'by-subject'];
  const trained = JSON.parse(ferlab('train', ...words, '--epochs', '1', '--seed', '2', '--json'));
  assert.deepEqual(trained.dataset.classes, CLASSES);
  assert.deepEqual([trained.dataset.spec, trained.dataset.side, trained.dataset.images], ['studio', 64, 192]);
  // Twelve people in five folds: the third has two of them, so has the fourth; 16 pictures each.
  assert.deepEqual(trained.counts, { training: 128, validation: 32, test: 32 });

  const run = trained.folder as string;
  assert.match(ferlab('evaluate', run), /validation part, 32 images[\s\S]*Contempt[\s\S]*Surprise/);
  assert.match(ferlab('evaluate', run, '--final', '--data', pictures), /test part, 32 images[\s\S]*Contempt/);
  const report = join(folder, 'report');
  ferlab('report', run, '--out', report);
  const files = readdirSync(report, { recursive: true, encoding: 'utf8' });
  const tables = files
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(join(report, name), 'utf8'));
  assert.ok(
    tables.some((text) => text.includes('Contempt')),
    files.join(),
  );
  const onnx = join(folder, 'model.onnx');
  ferlab('export', run, '--format', 'onnx', '--out', onnx);
  assert.ok(existsSync(onnx));
  assert.ok(readFileSync(onnx, 'latin1').includes(CLASSES.join(',')));
});
