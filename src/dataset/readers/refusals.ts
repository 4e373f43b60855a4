import { FerlabError } from '../../errors';
import { NEXT_STEP, type Unreadable } from './sniff';

/** An error for an archive or a table within gzip where only a CSV is read. */
export const packedTwice = (path: string, form: string, outer: string) =>
  new FerlabError(`${path} (${outer}): it holds a ${form} file`, {
    remedy: 'unpack the outer archive, and give what it holds',
  });

/** An error for a form that is not read. */
export function refusal(path: string, form: Unreadable | 'empty', outer = ''): FerlabError {
  const place = outer ? `${path} (${outer})` : path;
  if (form === 'empty')
    return new FerlabError(`${place}: the file is empty`, { remedy: 'download it again' });
  const problem =
    form === 'unknown' ? 'its content is of no known form' : `this is not the data but ${named(form)}`;
  return new FerlabError(`${place}: ${problem}`, { remedy: NEXT_STEP[form] });
}

/** A form with its article, and `file` where its name alone says little. */
const named = (form: Unreadable) =>
  `${/^([AEIO]|HDF5|xz|SQLite|LMDB|R$|message)/.test(form) && form !== 'message of a server' ? 'an' : 'a'} ${form}${/[a-z]{5}/.test(form) && form.includes(' ') ? '' : ' file'}`;

/** An error for an archive of several tables, none of which is known by its name. */
export const severalTables = (path: string, names: readonly string[]) =>
  new FerlabError(`${path}: several tables in it may be the data: ${names.slice(0, 5).join(', ')}`, {
    remedy: 'unpack it, and give the folder, or the one that is meant',
  });
