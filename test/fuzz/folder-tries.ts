import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RandomStream } from '../../src/random';
import { type Files, zipOf } from './archives';
import { SPELLINGS } from './csv-text';
import { damage } from './damage';
import { encodeAsJpeg, encodeExactly, isChecked, type PictureFile } from './picture-files';
import { drawImage, drawRows, PART_NAMES, pick, type Row, rarely } from './truth';
import type { Try } from './try';

/** Names of the folders of each part. */
const PARTS: readonly (readonly [string, string, string])[] = [
  ['train', 'validation', 'test'],
  ['Training', 'PublicTest', 'PrivateTest'],
  ['FER2013Train', 'FER2013Valid', 'FER2013Test'],
  ['train', 'val', 'test'],
  ['training_set', 'valid_set', 'test_set'],
];

/** A path for a picture, by layout. */
const LAYOUTS: readonly ((part: string, name: string, file: string) => string)[] = [
  (part, name, file) => `${part}/${name}/${file}`,
  (part, name, file) => `${name}/${part}/${file}`,
  (part, name, file) => `${part}/${part}/${name}/${file}`,
  (part, name, file) => `images/${part}/${name}/batch 1/${file}`,
];

interface Tree {
  readonly rows: readonly Row[];
  readonly files: Files;
  readonly forms: readonly string[];
  readonly what: string;
}

async function drawTree(random: RandomStream): Promise<Tree> {
  const rows = [...drawRows(random, 1 + random.integer(6))];
  const parts = pick(random, PARTS);
  const layout = pick(random, LAYOUTS);
  const byName = rarely(random, 5);
  const spelled = SPELLINGS.map((some) => pick(random, some).trim());
  const files: Record<string, Buffer> = {};
  const forms: string[] = [];
  for (const [i, { label, part, pixels }] of rows.entries()) {
    const isJpeg = rarely(random, 4);
    const jpeg = isJpeg ? await encodeAsJpeg(pixels, random) : null;
    const { content, form } = jpeg ? { ...jpeg, form: 'grey.jpg' } : await encodeExactly(pixels, random);
    if (jpeg) rows[i] = { label, part, pixels: jpeg.pixels };
    const name = `${byName ? PART_NAMES[part]! : 'im'}_${i}.${form.split('.')[1]}`;
    files[byName ? `${spelled[label]}/${name}` : layout(parts[part]!, spelled[label]!, name)] = content;
    forms.push(form);
  }
  return { rows, files, forms, what: Object.keys(files).join(' ') };
}

async function writeTree(files: Files, folder: string): Promise<string> {
  const root = join(folder, 'data');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** As a folder, or as a zip of it. */
function placed(random: RandomStream, what: string, files: Files): Pick<Try, 'what' | 'write'> {
  if (rarely(random, 2)) return { what: `folder ${what}`, write: (folder) => writeTree(files, folder) };
  const write = async (folder: string) => {
    const path = join(folder, 'archive.zip');
    writeFileSync(path, await zipOf(files));
    return path;
  };
  return { what: `zip ${what}`, write };
}

/** What may lie beside pictures without harm. */
const BESIDE: Files = {
  'readme.txt': Buffer.from('pictures'),
  '.DS_Store': Buffer.from('Bud1'),
  'train/._im_1.png': Buffer.from('\0\x05\x16\x07'),
  'train/Thumbs.db': Buffer.from('\xd0\xcf\x11\xe0', 'latin1'),
  '__MACOSX/train/happy/x.png': Buffer.from('\0'),
};

/** Pictures in folders of parts and classes. */
export async function treeAsItIs(random: RandomStream): Promise<Try> {
  const { rows, files, what } = await drawTree(random);
  const beside = Object.fromEntries(Object.entries(BESIDE).filter(() => rarely(random, 4)));
  return { ...placed(random, what, { ...files, ...beside }), expectation: { kind: 'read', rows } };
}

/** One picture is damaged: checksums of PNG tell, and what has none may be read as it is. */
export async function treeWithDamagedPicture(random: RandomStream): Promise<Try> {
  const { rows, files, forms, what } = await drawTree(random);
  const at = random.integer(forms.length);
  const name = Object.keys(files)[at]!;
  const damaged = damage(files[name]!, random);
  const isKnown = isChecked(forms[at]!) && Object.keys(files).length === rows.length;
  return {
    ...placed(random, `${what}; ${name}: ${damaged.what}`, { ...files, [name]: damaged.bytes }),
    expectation: isKnown ? { kind: 'never wrong', rows } : { kind: 'survives' },
  };
}

/** A zip whose bytes are damaged. */
export async function treeInDamagedZip(random: RandomStream): Promise<Try> {
  const { rows, files, what } = await drawTree(random);
  const zip = await zipOf(files, rarely(random, 2));
  const { bytes, what: done } = damage(zip, random);
  const write = (folder: string) => {
    const path = join(folder, 'archive.zip');
    writeFileSync(path, bytes);
    return path;
  };
  return { what: `zip ${what}; ${done}`, write, expectation: { kind: 'never wrong', rows } };
}

/** Pictures that belong nowhere beside those of all classes: they are counted in the notes, never used. */
export async function treeWithStrangers(random: RandomStream): Promise<Try> {
  const rows: Row[] = [];
  const files: Record<string, Buffer> = {};
  for (const [label, some] of SPELLINGS.entries()) {
    const row = { label, part: 0, pixels: drawImage(random) };
    rows.push(row);
    const { content, form }: PictureFile = await encodeExactly(row.pixels, random);
    files[`train/${pick(random, some).trim()}/${label}.${form.split('.')[1]}`] = content;
  }
  const strange = [
    'train/contempt/x',
    'x',
    'train/x',
    'happy/x',
    'train/test/happy/x',
    'train/happy/sad/x',
    'train/8/x',
  ];
  const place = pick(random, strange);
  const { content, form } = await encodeExactly(drawImage(random), random);
  files[`${place}.${form.split('.')[1]}`] = content;
  return { ...placed(random, `stranger ${place}`, files), expectation: { kind: 'read', rows } };
}
