import assert from 'node:assert/strict';
import { basename, dirname } from 'node:path';
import { test } from 'node:test';
import { findCopy } from '../../src/dataset/find';
import { loadDataset } from '../../src/dataset/load';
import { labelOfName, partWithRole } from '../../src/dataset/spec';
import { findSpec, SPECS, showsPeople } from '../../src/dataset/specs';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { csvLines, scratchFolder, writeCsv } from './files';

test('a dataset carries its spec, also when it comes from the cache', async (t) => {
  const path = writeCsv(scratchFolder(t), csvLines());
  assert.equal((await loadDataset({ path })).spec, FER2013);
  assert.equal((await loadDataset({ path })).spec, FER2013);
  assert.equal((await loadDataset({ sample: true })).spec, findSpec('sample'));
});

test('every spec can be found by its name and is consistent', () => {
  for (const spec of SPECS) {
    assert.equal(findSpec(spec.name), spec);
    for (const [label, name] of spec.classes.entries())
      assert.equal(labelOfName(spec, ` ${name.toUpperCase()}`), label);
    const roles = spec.parts.map(({ role }) => role);
    assert.equal(new Set(roles).size, roles.length, 'no role twice');
    if (!spec.officialCounts) continue;
    assert.equal(spec.officialCounts.length, spec.classes.length);
    for (const counts of spec.officialCounts) assert.equal(counts.length, Math.max(1, spec.parts.length));
  }
  assert.equal(labelOfName(FER2013, 'contempt'), -1);
  assert.equal(partWithRole(FER2013, 'test'), 2);
});

test('a copy is found where the description of its data set says, and nowhere else', (t) => {
  const path = writeCsv(scratchFolder(t), csvLines());
  const before = process.env.FER2013;
  t.after(() => {
    if (before === undefined) delete process.env.FER2013;
    else process.env.FER2013 = before;
    delete process.env.FERLAB_TEST_SET;
  });
  process.env.FER2013 = path;
  const files = { ...FER2013.files, variable: 'FERLAB_TEST_SET', inFolder: ['other.csv'] };
  const other = { ...FER2013, name: 'other', files };
  assert.equal(findCopy(), path);
  assert.equal(findCopy(undefined, other), null, 'the copy is of another data set');
  process.env.FERLAB_TEST_SET = dirname(path);
  assert.equal(findCopy(undefined, { ...other, files: { ...files, inFolder: [basename(path)] } }), path);
  assert.equal(findCopy(undefined, { ...other, files: undefined }), null);
});

test('a data set that nobody knows counts as showing people', () => {
  assert.deepEqual(['sample', 'fer2013', 'unheard-of', ''].map(showsPeople), [false, true, true, true]);
});

test('a class is found by its own name where no language has a word for it', () => {
  const spec = { classes: ['Bored', 'Happy', 'Amused'] };
  assert.deepEqual(
    ['bored', 'joie', 'AMUSED', 'sad'].map((name) => labelOfName(spec, name)),
    [0, 1, 2, -1],
  );
});
