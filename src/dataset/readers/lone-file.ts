import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FerlabError } from '../../errors';
import { namesPixels } from './csv-header';
import { firstLine, readHead } from './open';
import { refusal } from './refusals';
import { formOf, type Unreadable } from './sniff';
import { isHidden } from './tree';
import { roleOfName } from './tree-names';

/** Most files that are looked into: a folder of more is no copy with one file of data. */
const MOST_FILES = 200;

/** The name of a file, without what tells its form. */
const stemOf = (name: string) => basename(name).replace(/(\.(zip|tar|tgz|gz|csv|tsv|txt))+$/i, '');

const READ = ['gzip', 'tar', 'zip', 'parquet'];
const NO_DATA = ['text', 'empty', 'unknown', 'picture', 'path', 'web page'];

/**
 * The one file with data in a folder without pictures, by its content, wherever it lies; null where there is none.
 * @throws FerlabError where there are several, or only one of a form that is not read
 */
export async function loneFile(folder: string): Promise<string | null> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !isHidden(name) && statSync(join(folder, name), { throwIfNoEntry: false })?.isFile())
    .sort();
  if (names.length > MOST_FILES) return null;
  const data: string[] = [];
  const others: [string, Unreadable][] = [];
  for (const name of names) {
    const head = await readHead(join(folder, name));
    const form = formOf(head);
    if (READ.includes(form) || (form === 'text' && namesPixels(firstLine(head)))) data.push(name);
    else if (!NO_DATA.includes(form)) others.push([name, form as Unreadable]);
  }
  if (data.length > 1 && data.every((name) => roleOfName(stemOf(name)) !== null)) {
    throw new FerlabError(`${folder}: its parts lie in archives: ${data.slice(0, 5).join(', ')}`, {
      remedy: 'unpack each into a folder of its name, and give the folder above them',
    });
  }
  if (data.length > 1) {
    throw new FerlabError(`${folder}: several files in it may be the data: ${data.slice(0, 5).join(', ')}`, {
      remedy: 'name the one that is meant with --data, or take the others away',
    });
  }
  if (data.length === 0 && others.length > 0) throw refusal(join(folder, others[0]![0]), others[0]![1]);
  return data.length === 1 ? join(folder, data[0]!) : null;
}
