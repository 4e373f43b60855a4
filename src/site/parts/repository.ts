import { spawnSync } from 'node:child_process';

/** Where the project can be read on the web. */
export interface Repository {
  /** Such as `https://host/owner/name`; null where nobody said and git knows of no such address. */
  readonly url: string | null;
}

/** Address of a commit; null without a repository. */
export const commitLink = ({ url }: Repository, commit: string): string | null =>
  url && `${url}/commit/${commit}`;

/** Address of a file of the project in its newest state; null without a repository. */
export const fileLink = ({ url }: Repository, path: string): string | null =>
  url && `${url}/blob/HEAD/${path}`;

/** The address that git would fetch a folder's project from, if browsers can open it. */
export function remoteOf(folder: string): string | null {
  const { status, stdout } = spawnSync('git', ['config', '--get', 'remote.origin.url'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return status === 0 ? webAddress(stdout.trim()) : null;
}

/** The web address of a remote such as `git@host:owner/name.git`; null for a folder and the like. */
export function webAddress(remote: string): string | null {
  const [, host, path] = /^(?:ssh:\/\/)?git@([^:/]+)[:/](.+?)(?:\.git)?\/?$/.exec(remote) ?? [];
  if (host) return `https://${host}/${path}`;
  const [, address] = /^(https:\/\/[^@\s]+?)(?:\.git)?\/?$/.exec(remote) ?? [];
  return address ?? null;
}
