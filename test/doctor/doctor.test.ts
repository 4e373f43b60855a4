import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failed, passed, runChecks } from '../../src/doctor/check';
import { judgeDevice } from '../../src/doctor/device';
import { formatFindings } from '../../src/doctor/doctor';
import { nodeVersion } from '../../src/doctor/software';
import { FerlabError } from '../../src/errors';

describe('the doctor', () => {
  it('goes on after a check that throws, and keeps its remedy', async () => {
    const broken = () => {
      throw new FerlabError('no such file', { remedy: 'make one' });
    };
    const findings = await runChecks([
      { name: 'first', run: broken },
      { name: 'second', run: () => passed('fine') },
    ]);
    assert.deepEqual(findings[0], {
      name: 'first',
      status: 'failed',
      detail: 'no such file',
      remedy: 'make one',
    });
    assert.equal(findings[1]?.status, 'passed');
  });

  it('never takes the CPU for a GPU that was asked for or is there', () => {
    const cpu = { usesGpu: false, hasNvidiaGpu: false, asked: undefined, gflops: 100, cores: 2 };
    assert.deepEqual(judgeDevice(cpu), {
      ...judgeDevice(cpu),
      status: 'passed',
      detail: 'CPU, 2 cores, 100 GFLOP/s in a 1024 x 1024 product',
    });
    assert.equal(judgeDevice({ ...cpu, asked: 'cpu', hasNvidiaGpu: true }).status, 'passed');
    for (const facts of [{ asked: 'gpu' }, { hasNvidiaGpu: true }]) {
      const finding = judgeDevice({ ...cpu, ...facts });
      assert.equal(finding.status, 'failed');
      assert.match(finding.remedy ?? '', /nvidia-smi/);
    }
    assert.equal(judgeDevice({ ...cpu, usesGpu: true, hasNvidiaGpu: true, asked: 'gpu' }).status, 'passed');
  });

  it('refuses a Node on which TensorFlow breaks', () => {
    assert.equal(nodeVersion('20.19.4').status, 'passed');
    assert.equal(nodeVersion('23.1.0').status, 'failed');
  });

  it('prints the remedy below what failed', () => {
    const text = formatFindings([
      { name: 'a', ...passed('1.0') },
      { name: 'longer', ...failed('gone', 'bring it back') },
    ]);
    assert.equal(text, 'ok    a       1.0\nFAIL  longer  gone\n              remedy: bring it back\n');
  });
});
