import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choosePrecision, hasFastBfloat16 } from '../../src/engine/precision';

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
  assert.equal(choosePrecision('bfloat16'), 'bfloat16');
});
