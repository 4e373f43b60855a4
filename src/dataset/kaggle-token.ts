import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FerlabError } from '../errors';

/** A user's own token for Kaggle; it goes into one header and is never printed. */
export interface KaggleToken {
  readonly username: string;
  readonly key: string;
}

/**
 * The token of `$KAGGLE_USERNAME` and `$KAGGLE_KEY`, else of `kaggle.json` in `$KAGGLE_CONFIG_DIR` or `~/.kaggle`.
 * @throws FerlabError when there is none
 */
export function findKaggleToken(environment: NodeJS.ProcessEnv = process.env): KaggleToken {
  const { KAGGLE_USERNAME: username, KAGGLE_KEY: key } = environment;
  if (username && key) return { username, key };
  const file = join(environment.KAGGLE_CONFIG_DIR ?? join(homedir(), '.kaggle'), 'kaggle.json');
  if (!existsSync(file)) {
    throw new FerlabError(`no Kaggle token in $KAGGLE_USERNAME and $KAGGLE_KEY or in ${file}`, {
      remedy: 'make one under "API" in the settings of your Kaggle account and save it there',
    });
  }
  return parseToken(readFileSync(file, 'utf8'), file);
}

function parseToken(text: string, file: string): KaggleToken {
  try {
    const { username, key } = JSON.parse(text) as Partial<KaggleToken>;
    if (typeof username === 'string' && typeof key === 'string') return { username, key };
  } catch {
    // told below, without the text: it may hold a key
  }
  throw new FerlabError(`${file}: this is not a Kaggle token`, {
    remedy: 'download kaggle.json from Kaggle again',
  });
}
