import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { ROCrate } from 'ro-crate';
import { fromBuffer } from 'yauzl';
import { archiveProject } from '../../src/archive/archive';
import { projectRoot } from '../../src/paths';
import { modelsFolder } from '../../src/run/published-models';

const MODEL = 'paper-cnn-plain-seed1';
/** Installed by `npm test`, apart from the other Python packages. */
const VALIDATOR = join(projectRoot(), '.cache/crate-validator/bin');

/** The files of a zip by their names. */
async function filesOf(path: string): Promise<Map<string, Buffer>> {
  const bytes = readFileSync(path);
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const files = new Map<string, Buffer>();
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (failure, stream) => {
          if (failure) return reject(failure);
          files.set(entry.fileName, await buffer(stream));
          zip.readEntry();
        });
      });
      zip.on('end', () => resolve(files));
      zip.readEntry();
    });
  });
}

describe('the archive of a project', () => {
  let project: string;
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], { cwd: project });
  const pack = (name: string) => archiveProject(project, join(tmpdir(), `${name}-${process.pid}.zip`));
  const made: string[] = [];

  before(() => {
    project = mkdtempSync(join(tmpdir(), 'ferlab-archive-'));
    mkdirSync(join(project, 'models'));
    cpSync(join(modelsFolder(), MODEL), join(project, 'models', MODEL), { recursive: true });
    writeFileSync(join(project, 'a b.md'), '# A\n');
    writeFileSync(join(project, 'untracked.txt'), 'not committed\n');
    git('init', '-q');
    git('add', 'models', 'a b.md');
    git('commit', '-qm', 'First', '--date', '2026-01-02T03:04:05Z');
  });
  after(() => {
    for (const path of [project, ...made]) rmSync(path, { recursive: true, force: true });
  });

  test('holds the committed files and the metadata, and has the same bytes in every time zone', async () => {
    const zone = process.env.TZ;
    const first = await pack('first');
    process.env.TZ = 'Pacific/Auckland';
    const second = await pack('second');
    process.env.TZ = zone ?? '';
    made.push(first.path, second.path);
    assert.equal(first.sha256, second.sha256);
    assert.deepEqual(readFileSync(first.path), readFileSync(second.path));
    const names = [...(await filesOf(first.path)).keys()];
    assert.equal(names.length, first.files);
    for (const name of [
      'a b.md',
      'ro-crate-metadata.json',
      `models/${MODEL}/ro-crate-metadata.json`,
      `models/${MODEL}/weights.bin`,
    ])
      assert.ok(names.includes(name), name);
    assert.ok(!names.includes('untracked.txt'));
  });

  test('is an RO-Crate for another reader, whose files are all there', async () => {
    const { path } = await pack('read');
    made.push(path);
    const files = await filesOf(path);
    for (const folder of ['', `models/${MODEL}/`]) {
      const json = JSON.parse(files.get(`${folder}ro-crate-metadata.json`)!.toString());
      const crate = new ROCrate(json, { array: true, link: true });
      const parts = crate.rootDataset.hasPart as { '@id': string; '@type': string[] }[];
      assert.ok(parts.length > 1);
      for (const { '@id': id, '@type': types } of parts.filter(({ '@type': types }) =>
        types.includes('File'),
      ))
        assert.ok(files.has(decodeURI(folder + id)), `${folder}${id} (${types})`);
    }
  });

  test('tells of each model what trained it, on which data, and what came out', async () => {
    const { path } = await pack('run');
    made.push(path);
    const { '@graph': graph } = JSON.parse(
      (await filesOf(path)).get(`models/${MODEL}/ro-crate-metadata.json`)!.toString(),
    );
    const record = JSON.parse(readFileSync(join(project, 'models', MODEL, 'record.json'), 'utf8'));
    const nodeOf = (id: string) => graph.find((node: { '@id': string }) => node['@id'] === id);
    const action = nodeOf('#training');
    assert.deepEqual([action.startTime, action.endTime], [record.startedAt, record.finishedAt]);
    assert.deepEqual(action.object, [{ '@id': 'config.json' }, { '@id': '#data' }]);
    assert.ok(action.result.some((one: { '@id': string }) => one['@id'] === 'predictions-test.csv'));
    assert.equal(nodeOf('#data').identifier, `sha256:${record.dataset.sha256}`);
    assert.equal(nodeOf('#ferlab').softwareVersion, record.environments[0].commit);
  });

  test('passes the validator of the profiles', {
    skip: existsSync(VALIDATOR) ? false : '`node setup/main.mjs --tests` installs the validator',
  }, async () => {
    const { path } = await pack('valid');
    made.push(path);
    const folder = mkdtempSync(join(tmpdir(), 'ferlab-crate-'));
    made.push(folder);
    for (const [name, bytes] of await filesOf(path)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const python = join(VALIDATOR, 'python');
    const shim = [join(__dirname, 'validate_crate.py'), require.resolve('ro-crate/lib/context.json')];
    const crates = [
      ['.', 'ro-crate-1.2'],
      [`models/${MODEL}`, 'process-run-crate'],
    ] as const;
    for (const [crate, profile] of crates) {
      const words = [
        ...shim,
        'validate',
        '--no-paging',
        '-p',
        profile,
        '-l',
        'required',
        join(folder, crate),
      ];
      const { status, stdout, stderr } = spawnSync(python, words, { encoding: 'utf8', cwd: folder });
      assert.equal(status, 0, `${crate}: ${stdout}${stderr}`);
    }
  });

  test('is refused where files differ from the commit, or hold FER-2013', async () => {
    writeFileSync(join(project, 'a b.md'), '# B\n');
    await assert.rejects(pack('changed'), /a b\.md/);
    git('checkout', '-q', '--', 'a b.md');
    const pixels = new Array(2304).fill(128).join(' ');
    writeFileSync(join(project, 'faces.csv'), `emotion,pixels,Usage\n0,${pixels},Training\n`);
    git('add', 'faces.csv');
    git('commit', '-qm', 'Second');
    await assert.rejects(pack('faces'), /faces\.csv: images of the data may not be passed on/);
    await assert.rejects(archiveProject(tmpdir(), join(tmpdir(), 'none.zip')), /not a clone/);
  });
});
