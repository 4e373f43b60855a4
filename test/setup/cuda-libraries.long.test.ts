import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { describeProject, pythonOf } from '../../setup/project.mjs';
import { installPackages } from '../../setup/python-installer.mjs';
import { Shell } from '../../setup/shell.mjs';
import { linkLibraries } from '../../setup/steps/addon.mjs';
import { projectRoot } from '../../src/paths';
import { temporaryFolder } from '../temporary';

const PACKAGE = 'node_modules/@tensorflow/tfjs-node';

/** What the parts of TensorFlow open by name while they compute on a GPU, and the package that brings it. */
const LIBRARIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'libtensorflow_framework.so.2': {
    'libcudart.so.12': 'cuda_runtime',
    'libcublas.so.12': 'cublas',
    'libcublasLt.so.12': 'cublas',
    'libcudnn.so.9': 'cudnn',
    'libcufft.so.11': 'cufft',
    'libcusparse.so.12': 'cusparse',
    'libnccl.so.2': 'nccl',
    'libcupti.so.12': 'cuda_cupti',
  },
  'libtensorflow_cc.so.2': { 'libcusolver.so.11': 'cusolver' },
};

/** Opens libraries as one that lies where TensorFlow's lies and searches where it searches; prints the path of each. */
const OPENER = `
  #include <dlfcn.h>
  #include <link.h>
  #include <cstdio>
  #include <cstdlib>
  #include <sstream>
  __attribute__((constructor)) static void Open() {
    std::istringstream names(std::getenv("NAMES"));
    for (std::string name; names >> name;) {
      link_map *map = nullptr;
      void *library = dlopen(name.c_str(), RTLD_LAZY);
      if (library) dlinfo(library, RTLD_DI_LINKMAP, &map);
      std::printf("%s %s\\n", name.c_str(), map ? map->l_name : dlerror());
    }
  }
`;

const isLinux = process.platform === 'linux' && process.arch === 'x64';

describe('the requirements for a GPU', {
  skip: !isLinux && 'needs Linux on x86-64',
  timeout: 30 * 60_000,
}, () => {
  const root = temporaryFolder();
  const project = { ...describeProject(root), prefix: join(root, '.venv'), device: 'gpu' };
  const shell = new Shell({ log: join(root, 'log'), groups: join(root, 'groups') });
  const libraries = join(root, PACKAGE, 'deps/lib');

  before(async () => {
    for (const name of readdirSync(projectRoot()).filter((file) => /^requirements.*\.txt$/.test(file)))
      copyFileSync(join(projectRoot(), name), join(root, name));
    execFileSync('python3', ['-m', 'venv', project.prefix]);
    await installPackages({ ...project, shell }, pythonOf(project), ['-r', 'requirements-gpu.txt']);
    linkLibraries(project);
    cpSync(join(projectRoot(), PACKAGE, 'lib'), join(root, PACKAGE, 'lib'), { recursive: true });
  });

  for (const [part, wanted] of Object.entries(LIBRARIES))
    it(`bring every library of CUDA to where ${part} looks for it`, () => {
      const found = openAs(part, Object.keys(wanted));
      assert.deepEqual([...found.keys()], Object.keys(wanted));
      for (const [name, path] of found) {
        assert.ok(path.endsWith(`/nvidia/${wanted[name]}/lib/${name}`), `${name}: ${path}`);
        assert.ok(path.startsWith(root) && existsSync(path), path);
      }
    });

  /** The path of each library, or why it can't be opened, where a part of TensorFlow opens it. */
  function openAs(part: string, names: readonly string[]): Map<string, string> {
    const dynamic = execFileSync('readelf', ['-d', join(libraries, part)], { encoding: 'utf8' });
    const [, searched] = /\(RUNPATH\) +Library runpath: \[(.*)\]/.exec(dynamic)!;
    const [source, opener] = [join(root, 'opener.cc'), join(libraries, 'libopener.so')];
    writeFileSync(source, OPENER);
    const linked = ['-Wl,--enable-new-dtags', `-Wl,-rpath,${searched}`];
    execFileSync('c++', ['-shared', '-fPIC', '-o', opener, source, ...linked]);
    const env = { PATH: process.env.PATH, LD_PRELOAD: opener, NAMES: names.join(' ') };
    const { stdout } = spawnSync('true', { env, encoding: 'utf8' });
    const lines = stdout.trim().split('\n');
    return new Map(
      lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
    );
  }

  it('load the addon, which finds the CUDA runtime by itself and says in one line that there is no driver', {
    skip: existsSync('/dev/nvidia0') && 'this machine has a GPU',
  }, () => {
    const addon = join(root, PACKAGE, 'lib/napi-v8/tfjs_binding.node');
    const code = `console.log(require(${JSON.stringify(addon)}).isUsingGpuDevice())`;
    const env = { PATH: process.env.PATH, LD_DEBUG: 'libs', TF_CPP_MIN_LOG_LEVEL: '2' };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code], {
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.equal(status, 0, stderr.slice(-2000));
    assert.equal(stdout, 'false\n');
    assert.match(stderr, /calling init: .*\/deps\/lib\/\.\.\/nvidia\/cuda_runtime\/lib\/libcudart\.so\.12/);
    const said = stderr.split('\n').filter((line) => /^E\d+ .*cuInit/.test(line));
    assert.equal(said.length, 1, said.join('\n'));
  });
});
