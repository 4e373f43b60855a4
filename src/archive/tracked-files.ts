import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../errors';

/** A file of the project as it is committed. */
export interface TrackedFile {
  /** Path within the project, with slashes. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly isExecutable: boolean;
}

/** The state of a project that is archived. */
export interface Snapshot {
  readonly commit: string;
  /** When the commit was made, in ISO 8601, in UTC. */
  readonly date: string;
  /** In the order of their paths; links are left out. */
  readonly files: readonly TrackedFile[];
}

/**
 * The committed files of a project.
 * @throws FerlabError outside git, where files differ from the commit, or where images of the data were committed
 */
export function readSnapshot(project: string): Snapshot {
  const git = (...words: string[]) =>
    execFileSync('git', words, {
      cwd: project,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const [commit, seconds] = headOf(project, git);
  const changed = git('status', '--porcelain', '--untracked-files=no').trim();
  if (changed !== '') {
    throw new FerlabError(`${project}: files differ from the commit: ${changed.split('\n')[0]!.trim()}`, {
      remedy: 'commit or revert the changes: an archive holds one commit',
    });
  }
  const paths = git('ls-files', '-z')
    .split('\0')
    .filter((path) => path !== '')
    .sort(byBytes);
  const files = paths
    .filter((path) => lstatSync(join(project, path)).isFile())
    .map((path) => readFile(project, path));
  refuseData(files);
  return { commit, date: new Date(1000 * Number(seconds)).toISOString(), files };
}

type Git = (...words: string[]) => string;

function headOf(project: string, git: Git): string[] {
  try {
    return git('log', '-1', '--format=%H %ct').trim().split(' ');
  } catch (cause) {
    throw new FerlabError(`${project}: this is not a clone of the project`, {
      remedy: 'make the archive in a clone: it holds the files of a commit',
      cause,
    });
  }
}

/** An order that no locale changes. */
const byBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function readFile(project: string, path: string): TrackedFile {
  const isExecutable = (lstatSync(join(project, path)).mode & 0o100) !== 0;
  return { path, bytes: readFileSync(join(project, path)), isExecutable };
}

/** The header of a CSV of images, in any order of its columns, and the first pixels. */
const IMAGE_HEADER = /^[^\n]*\bpixels\b[^\n]*\n\s*"?[\w" ,]*\d+ \d+ \d+/;

/** @throws FerlabError naming a file that holds images of the data, which may not be passed on */
function refuseData(files: readonly TrackedFile[]): void {
  const found = files.find(
    ({ path, bytes }) =>
      (path.startsWith('data/') && path !== 'data/README.md') ||
      IMAGE_HEADER.test(bytes.subarray(0, 2048).toString('latin1')),
  );
  if (!found) return;
  throw new FerlabError(`${found.path}: images of the data may not be passed on, and so can't be archived`, {
    remedy: 'remove the file from the commit',
  });
}
