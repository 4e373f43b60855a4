import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { loadResults } from '../evaluate/results';
import { openRun } from '../run/open-run';
import { modelNames } from '../run/published-models';
import { explainWriteFailure, writeWhole } from '../write-whole';
import { METADATA } from './entity';
import { projectCrate } from './project-crate';
import { runCrate } from './run-crate';
import { readSnapshot, type Snapshot, type TrackedFile } from './tracked-files';

/** What an archive is. */
export interface Archive {
  readonly path: string;
  readonly commit: string;
  readonly files: number;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes the committed files of a project as a zip that is an RO-Crate, with a run crate in the folder of each published
 * model. The same commit gives the same bytes, on every machine with the same version of zlib.
 * @throws FerlabError as {@link readSnapshot}, when a model is broken, or when the disk is full
 */
export async function archiveProject(project: string, path: string): Promise<Archive> {
  const snapshot = readSnapshot(project);
  const all = [...snapshot.files, ...crateFiles(project, snapshot)];
  const zip = await zipOf(all, snapshot.date);
  try {
    writeWhole(path, zip);
  } catch (error) {
    throw explainWriteFailure(path, error, 'make the archive again');
  }
  const sha256 = createHash('sha256').update(zip).digest('hex');
  return { path, commit: snapshot.commit, files: all.length, bytes: zip.length, sha256 };
}

/** The metadata of the project and of each model that is committed. */
function crateFiles(project: string, snapshot: Snapshot): TrackedFile[] {
  const folder = join(project, 'models');
  const models = modelNames(folder).map((name) => {
    const prefix = `models/${name}/`;
    const files = snapshot.files
      .filter(({ path }) => path.startsWith(prefix))
      .map((file) => ({ ...file, path: file.path.slice(prefix.length) }));
    return { name, files, record: openRun(join(folder, name)).record };
  });
  const committed = models.filter(({ files }) => files.length > 0);
  return [
    jsonFile(METADATA, projectCrate(snapshot, committed)),
    ...committed.map(({ name, files, record }) => {
      const results = loadResults(join(folder, name), name);
      return jsonFile(
        `models/${name}/${METADATA}`,
        runCrate({ name, files, record, results, date: snapshot.date }),
      );
    }),
  ];
}

const jsonFile = (path: string, value: unknown): TrackedFile => ({
  path,
  bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`),
  isExecutable: false,
});

/** A zip whose bytes depend on nothing but its files and the date. */
function zipOf(files: readonly TrackedFile[], date: string): Promise<Buffer> {
  const zip = new ZipFile();
  const mtime = inEveryZone(new Date(date));
  for (const { path, bytes, isExecutable } of files) {
    zip.addBuffer(bytes, path, { mtime, mode: isExecutable ? 0o100755 : 0o100644, forceDosTimestamp: true });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** The time whose local reading is the given one's in UTC: a zip keeps local times. */
const inEveryZone = (date: Date) =>
  new Date(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  );
