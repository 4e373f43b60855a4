import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import * as tar from 'tar-stream';
import { ZipFile } from 'yazl';
import type { RandomStream } from '../../src/random';
import { pick, rarely } from './truth';

/** Files of an archive by their names. */
export type Files = Readonly<Record<string, Buffer>>;

export async function tarOf(files: Files): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name }, content);
  pack.finalize();
  return buffer(pack);
}

export async function zipOf(files: Files, compress = true): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(content, name, { compress });
  zip.end();
  return buffer(zip.outputStream);
}

/** Gzipped as a whole, or in several members, as some programs do. */
export function gzipOf(content: Buffer, random: RandomStream): Buffer {
  if (!rarely(random, 3)) return gzipSync(content, { level: random.integer(10) });
  const middle = random.integer(content.length + 1);
  return Buffer.concat([gzipSync(content.subarray(0, middle)), gzipSync(content.subarray(middle))]);
}

/** What lies beside the data in archives that people have. */
const BESIDE: Files = {
  'README.md': Buffer.from('# fer2013\n'),
  'test.csv': Buffer.from('pixels\n1 2 3\n'),
  'example_submission.csv': Buffer.from('emotion\n3\n'),
  'fer2013.bib': Buffer.from('@article{}\n'),
  '__MACOSX/._fer2013.csv': Buffer.from('\0\x05\x16\x07'),
  '.DS_Store': Buffer.from('\0\0\0\x01Bud1'),
  'labels.csv': Buffer.from('number,name\n0,angry\n'),
};

/** A CSV in one to three layers of archives. */
export async function archived(
  csv: Buffer,
  random: RandomStream,
): Promise<{ content: Buffer; what: string }> {
  const folder = pick(random, ['', 'fer2013/', 'a/b/']);
  const beside = Object.entries(BESIDE).filter(() => rarely(random, 3));
  const files = (name: string, content: Buffer): Files =>
    Object.fromEntries(random.shuffle([...beside, [`${folder}${name}`, content] as [string, Buffer]]));
  const inTar = () => tarOf(files('fer2013.csv', csv));
  const layers: Readonly<Record<string, () => Promise<Buffer>>> = {
    gzip: async () => gzipOf(csv, random),
    'gzip of gzip': async () => gzipOf(gzipOf(csv, random), random),
    tar: inTar,
    'gzip of tar': async () => gzipOf(await inTar(), random),
    zip: () => zipOf(files('fer2013.csv', csv), rarely(random, 2)),
    'zip of gzip of tar': async () => zipOf(files('fer2013.tar.gz', gzipOf(await inTar(), random))),
  };
  const what = pick(random, Object.keys(layers));
  return { content: await layers[what]!(), what };
}
