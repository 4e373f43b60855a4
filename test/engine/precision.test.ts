import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choosePrecision, hasFastBfloat16, supportsBfloat16 } from '../../src/engine/precision';

const cpuInfo = (vendor: string, flags: string): string =>
  `processor\t: 0\nvendor_id\t: ${vendor}\nflags\t\t: fpu avx2 avx512f ${flags} avx512_vnni\n`;

for (const [vendor, flags, fast] of [
  ['AuthenticAMD', 'avx512_bf16', true],
  ['GenuineIntel', 'avx512_bf16 amx_bf16 amx_tile', true],
  ['GenuineIntel', 'avx512_bf16', false],
  ['AuthenticAMD', '', false],
  ['GenuineIntel', '', false],
] as const) {
  test(`bfloat16 is ${fast ? '' : 'not '}fast on ${vendor} with "${flags}"`, () => {
    assert.equal(hasFastBfloat16(cpuInfo(vendor, flags)), fast);
  });
}

test('a precision that is asked for is the one that is taken', () => {
  assert.equal(choosePrecision('float32'), 'float32');
  assert.equal(choosePrecision('bfloat16', AVX512), 'bfloat16');
});

const AVX512 = 'flags : fpu avx2 avx512f avx512dq avx512bw avx512vl';

test('bfloat16 is refused on a processor that has no operations for it', () => {
  assert.equal(supportsBfloat16(AVX512), true);
  assert.equal(supportsBfloat16('flags : fpu avx2 avx_vnni avx_ne_convert'), true);
  for (const flags of ['fpu avx2 fma', 'fpu avx2 avx512f avx512cd', 'fpu avx2 avx512_bf16x'])
    assert.throws(() => choosePrecision('bfloat16', `flags : ${flags}`), /can't train in bfloat16/);
  assert.equal(choosePrecision('auto', 'flags : fpu avx2 fma'), 'float32');
});
