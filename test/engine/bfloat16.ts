import { readCpuInfo, supportsBfloat16 } from '../../src/engine/precision';

/** Why tests that compute in bfloat16 can't run on this processor; false where they can. */
export const NO_BFLOAT16: false | string = supportsBfloat16(readCpuInfo() ?? '')
  ? false
  : 'this processor has no AVX-512, which bfloat16 needs';
