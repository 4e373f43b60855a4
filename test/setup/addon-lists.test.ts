import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../temporary';

const addLists = async (folder: string) =>
  (await import('../../setup/steps/addon-lists.mjs')).addLists(folder);

const SOURCE = `void AssignOpAttr(napi_env env, TFE_Op *tfe_op, napi_value attr_value) {
  switch (tf_attr_type) {
    case TF_ATTR_STRING: {
    }
    case TF_ATTR_TYPE: {
    }
  }
}
`;

function packageWith(t: TestContext, source: string): string {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'binding'));
  writeFileSync(join(folder, 'binding/tfjs_backend.cc'), source);
  return folder;
}

test("the addon's source is taught lists once, and its own lines stay in order", async (t) => {
  const folder = packageWith(t, SOURCE);
  const read = () => readFileSync(join(folder, 'binding/tfjs_backend.cc'), 'utf8');
  await addLists(folder);
  const taught = read();
  for (const call of ['TFE_OpSetAttrStringList(', 'TFE_OpSetAttrTypeList('])
    assert.equal(taught.split(call).length, 2, call);
  let from = 0;
  for (const line of SOURCE.split('\n')) {
    from = taught.indexOf(line, from);
    assert.ok(from >= 0, line);
  }
  await addLists(folder);
  assert.equal(read(), taught);
});

test('another source than the one it was written for is refused, and left as it was', async (t) => {
  const other = SOURCE.replace('TF_ATTR_TYPE', 'TF_ATTR_KIND');
  const folder = packageWith(t, other);
  await assert.rejects(addLists(folder), /source of the TensorFlow addon has changed/);
  assert.equal(readFileSync(join(folder, 'binding/tfjs_backend.cc'), 'utf8'), other);
});
