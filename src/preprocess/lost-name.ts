import { FerlabError } from '../errors';

/** What stands for bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';

/** An error for a path that is not there because its bytes were no UTF-8, so that nobody can name it; else null. */
export function lostName(path: string): FerlabError | null {
  if (!path.includes(REPLACEMENT)) return null;
  return new FerlabError(`${path}: the bytes of its name are no UTF-8`, {
    remedy: 'rename it, such as with `convmv -r -f latin1 -t utf8 --notest FOLDER`',
  });
}
