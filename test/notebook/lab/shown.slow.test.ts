import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { findPython } from '../../../src/notebook/python';
import { projectRoot } from '../../../src/paths';

const SCRIPT = `
import json, sys
sys.path.insert(0, sys.argv[1])
from ferlab_grading import shown
from nbformat.v4 import new_output
print(json.dumps([shown(new_output("display_data", data=data)) for data in json.loads(sys.argv[2])]))
`;

/** What the teacher's page shows of outputs with this data. */
function shown(...data: readonly Record<string, string>[]): Record<string, string>[] {
  const words = ['-c', SCRIPT, join(projectRoot(), 'labs/grading'), JSON.stringify(data)];
  const { stdout, stderr } = spawnSync(findPython(), words, { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  return (JSON.parse(stdout) as { data: Record<string, string> }[]).map((output) => output.data);
}

test('a graded picture has the text of its output as alternative text, and nothing else of a student is markup', () => {
  const text = 'Faces: 3 images ("a", <b>)';
  const [grid, forged, plain] = shown(
    { 'image/jpeg': 'AA\nAA', 'text/html': '<img src="x" onerror="steal()">', 'text/plain': text },
    { 'image/png': 'AA" onerror="steal()', 'text/plain': 'no picture' },
    { 'text/html': '<script>steal()</script>', 'text/plain': '3' },
  );
  const { document } = new JSDOM(grid!['text/html']).window;
  assert.equal(document.querySelectorAll('*').length, 4, 'html, head, body and the picture');
  const picture = document.querySelector('img')!;
  assert.deepEqual(picture.getAttributeNames(), ['src', 'alt']);
  assert.equal(picture.src, 'data:image/jpeg;base64,AAAA');
  assert.equal(picture.alt, text);
  assert.deepEqual(forged, { 'text/plain': 'no picture' });
  assert.deepEqual(plain, { 'text/plain': '3' });
});
