import { closeSync, lstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { lostName } from '../../preprocess/lost-name';
import { formatOf } from '../../preprocess/picture-format';
import type { PictureSource } from './picture-source';

/** Endings of files that are taken for pictures, decodable or not. */
const PICTURES = new Set(
  'jpg jpeg jfif jpe png webp bmp tif tiff gif avif heic heif pgm ppm psd jp2'
    .split(' ')
    .map((ending) => `.${ending}`),
);

/** Endings of files that lie beside pictures and are none. */
const OTHERS = new Set(
  'txt md csv tsv json jsonl xml yml yaml ini html py ipynb parquet zip gz tar url db pdf log'
    .split(' ')
    .map((ending) => `.${ending}`),
);

/** Files beside pictures that may hold more of them. */
const ARCHIVES = /\.(zip|tar|tgz|gz|parquet)$/i;

/** Pictures in folders named by class, in a real folder or in an archive. */
export interface PictureTree {
  /** Named in errors. */
  readonly path: string;
  /** Paths of the pictures, from the root of the tree. */
  readonly names: readonly string[];
  /** Paths of the texts, tables and the like beside them. */
  readonly others: readonly string[];
  /** What lies in it that is not used, in words. */
  readonly notes: readonly string[];
  /** The bytes of one of these files, or where it lies. */
  readonly read: (name: string) => Promise<Uint8Array | string>;
  /** Where a picture lies, for threads; null where only `read` can get it. */
  readonly source: (name: string) => PictureSource | null;
}

/** The pictures among some files. @param isPicture asked of files whose ending says nothing */
export function sortFiles(
  names: readonly string[],
  isPicture: (name: string) => boolean = () => false,
): { pictures: string[]; others: string[]; notes: string[] } {
  const pictures: string[] = [];
  const others: string[] = [];
  const unknown: string[] = [];
  for (const name of names) {
    const ending = extname(name).toLowerCase();
    if (PICTURES.has(ending) || (!OTHERS.has(ending) && isPicture(name))) pictures.push(name);
    else if (OTHERS.has(ending)) others.push(name);
    else unknown.push(name);
  }
  const archives = others.filter((name) => ARCHIVES.test(name));
  const notes = [...noteOn('not pictures, by their names', unknown), ...noteOn('archives', archives)];
  return { pictures: pictures.sort(), others, notes };
}

/** A note that counts some files and names the first. */
export function noteOn(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const folders = new Set<string>();
  // One of each folder first: they say more than three of the same.
  const spread = names.filter((name) => folders.size !== folders.add(dirname(name)).size);
  const first = [...new Set([...spread, ...names])].slice(0, 3).join(', ');
  const more = names.length > 3 ? ', ...' : '';
  return [`not used, ${what}: ${names.length} ${names.length === 1 ? 'file' : 'files'} (${first}${more})`];
}

/** A note on columns that could be meant too. */
export const noteOnColumns = (names: readonly string[]): string[] =>
  names.length > 0 ? [`not used, beside others of like name: the columns ${names.join(', ')}`] : [];

/** What macOS puts beside files in archives, thumbnails of a network store, and what Windows has deleted. */
const SYSTEM_FOLDERS = new Set(['__MACOSX', '@eaDir', '$RECYCLE.BIN']);

/** Hidden files, and those of operating systems. */
export const isHidden = (name: string) =>
  name.split(/[\\/]/).some((part) => part.startsWith('.') || SYSTEM_FOLDERS.has(part));

/** The files in a folder and below, links followed. */
export function folderTree(path: string): PictureTree {
  const files: string[] = [];
  const dangling: string[] = [];
  const special: string[] = [];
  walk(path, '', { files, dangling, special, above: [] });
  const { pictures, others, notes } = sortFiles(files, (name) => beginsAsPicture(join(path, name)));
  const all = [
    ...notes,
    ...noteOn('links that lead nowhere', dangling),
    ...noteOn('pipes, sockets or devices', special),
  ];
  const at = (name: string) => `${path}/${name}`;
  return { path, names: pictures, others, notes: all, read: async (name) => at(name), source: at };
}

/** Whether a file begins as a picture does. */
function beginsAsPicture(path: string): boolean {
  const head = Buffer.alloc(256);
  const file = openSync(path, 'r');
  try {
    return formatOf(head.subarray(0, readSync(file, head, 0, head.length, 0))) !== null;
  } finally {
    closeSync(file);
  }
}

/** @throws FerlabError where a file can't be named */
function checkName(path: string): void {
  const lost = lostName(path);
  if (lost && lstatSync(path, { throwIfNoEntry: false }) === undefined) throw lost;
}

interface Walk {
  readonly files: string[];
  readonly dangling: string[];
  readonly special: string[];
  /** Real paths of the folders above, against links in a circle. */
  readonly above: readonly string[];
}

function walk(root: string, under: string, found: Walk): void {
  const real = realpathSync(join(root, under));
  if (found.above.includes(real)) return;
  const above = [...found.above, real];
  for (const entry of readdirSync(join(root, under), { withFileTypes: true })) {
    const name = under === '' ? entry.name : `${under}/${entry.name}`;
    if (isHidden(entry.name)) continue;
    checkName(`${root}/${name}`);
    const status = entry.isSymbolicLink() ? statSync(join(root, name), { throwIfNoEntry: false }) : entry;
    if (!status) found.dangling.push(name);
    else if (status.isDirectory()) walk(root, name, { ...found, above });
    else if (status.isFile()) found.files.push(name);
    else found.special.push(name);
  }
}
