import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { diagnoseGpu, type GpuFacts } from '../../src/doctor/gpu/diagnose';
import { compareWith, formatGpuReport } from '../../src/doctor/gpu/gpu-check';
import type { Probe } from '../../src/doctor/gpu/probe';
import { ferlab } from '../cli/ferlab';

const FACTS: GpuFacts = {
  hasDevice: true,
  smi: ['NVIDIA A100, 550.54.14, 40960 MiB, 8.0'],
  hasLibraries: true,
  usesGpu: false,
  log: '',
};

describe('the check of a GPU', () => {
  it('tells the first thing that keeps TensorFlow from using one, and a remedy', () => {
    const cases: [Partial<GpuFacts>, RegExp, RegExp][] = [
      [{ hasDevice: false, smi: null }, /no NVIDIA GPU/, /in a container/],
      [{ smi: null }, /driver is not loaded/, /run nvidia-smi/],
      [{ hasLibraries: false }, /CUDA libraries are not installed/, /FERLAB_DEVICE=gpu npm run setup/],
      [
        { log: 'CUDA driver version is insufficient for CUDA runtime version' },
        /too old for CUDA 12: NVIDIA A100, 550/,
        /525/,
      ],
      [
        { log: "Could not load dynamic library 'libcudnn.so.9'; dlerror: libcudnn.so.9: cannot open" },
        /can't load libcudnn\.so\.9$/,
        /npm run setup/,
      ],
      [
        { log: 'I first line\nE failed call to cuInit: CUDA_ERROR_UNKNOWN' },
        /does not use the GPU: E failed call/,
        /nvidia-smi/,
      ],
    ];
    for (const [changed, problem, remedy] of cases) {
      const { status, detail, remedy: found } = diagnoseGpu({ ...FACTS, ...changed });
      assert.equal(status, 'failed');
      assert.match(detail, problem);
      assert.match(found!, remedy);
    }
  });

  it('names a GPU that is used', () => {
    assert.deepEqual(diagnoseGpu({ ...FACTS, usesGpu: true }), { status: 'passed', detail: FACTS.smi![0] });
  });

  it('compares each network with the same network on the CPU', () => {
    const probe = (
      model: Probe['model'],
      precision: Probe['precision'],
      imagesPerSecond: number,
      loss: number,
    ) => ({
      ...{ model, precision, imagesPerSecond },
      ...{ usesGpu: true, losses: [loss] },
    });
    const references = [probe('paper-cnn', 'float32', 100, 2), probe('strong-cnn', 'float32', 50, 1.5)];
    const probes = [probe('strong-cnn', 'bfloat16', 500, 1.56), probe('paper-cnn', 'float32', 300, 2.1)];
    const comparisons = compareWith(references, probes);
    const text = formatGpuReport({
      gpu: { name: 'GPU', status: 'passed', detail: 'NVIDIA A100' },
      comparisons,
    });
    assert.deepEqual(text.split('\n'), [
      'GPU: NVIDIA A100',
      'ok    strong-cnn, bfloat16: 500 images/s, 10.0 times the CPU in float32; losses differ by 4.00 % at most (bound 10.00 %)',
      'FAIL  paper-cnn, float32: 300 images/s, 3.0 times the CPU in float32; losses differ by 5.00 % at most (bound 2.00 %)',
      '',
    ]);
  });

  it('ends with status 1 and a remedy where there is no GPU', {
    skip: existsSync('/dev/nvidia0') ? 'this machine has a GPU' : false,
  }, () => {
    const { status, stdout, stderr } = ferlab('gpu-check');
    assert.equal(status, 1, stderr);
    assert.match(stdout, /^error: this machine shows no NVIDIA GPU.*\n {2}remedy: install the NVIDIA driver/);
  });
});
