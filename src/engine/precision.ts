import { existsSync, readFileSync } from 'node:fs';
import { EXIT, FerlabError } from '../errors';
import { Device } from './device';
import type { Precision } from './network';

const CPU_INFO = '/proc/cpuinfo';

/**
 * Whether a processor trains faster in bfloat16 than in float32: with AMX, or with the AVX512_BF16 of AMD, which
 * doubles the multiply-adds of a cycle. The AVX512_BF16 of Intel without AMX does not pay: on a Xeon (family 6, model
 * 207) whose AMX the hypervisor hides, strong-cnn trained 307 images/s in bfloat16 against 469 in float32.
 * @param cpuInfo text of `/proc/cpuinfo`
 */
export function hasFastBfloat16(cpuInfo: string): boolean {
  return (
    /\bamx_bf16\b/.test(cpuInfo) || (/\bAuthenticAMD\b/.test(cpuInfo) && /\bavx512_bf16\b/.test(cpuInfo))
  );
}

/**
 * Whether oneDNN, which computes for us on a processor, has operations in bfloat16 for it: they need AVX-512 (F, BW, DQ and
 * VL), or the conversions of AVX-NE-CONVERT.
 * @param cpuInfo text of `/proc/cpuinfo`
 */
export function supportsBfloat16(cpuInfo: string): boolean {
  const has = (flag: string) => new RegExp(`\\b${flag}\\b`).test(cpuInfo);
  return ['avx512f', 'avx512bw', 'avx512dq', 'avx512vl'].every(has) || has('avx_ne_convert');
}

/** Text of `/proc/cpuinfo`; null on systems without it. */
export function readCpuInfo(): string | null {
  return existsSync(CPU_INFO) ? readFileSync(CPU_INFO, 'utf8') : null;
}

/**
 * The element type that `auto` stands for on this machine. On a GPU it is float32: bfloat16 was measured on
 * processors alone.
 * @throws FerlabError when bfloat16 is asked for and this processor can't compute in it
 */
export function choosePrecision(
  precision: 'auto' | Precision,
  cpuInfo: string | null = readCpuInfo(),
): Precision {
  if (precision === 'float32') return precision;
  const { hasOneDnn } = new Device();
  if (precision === 'auto') {
    return cpuInfo !== null && hasFastBfloat16(cpuInfo) && hasOneDnn ? 'bfloat16' : 'float32';
  }
  if (!hasOneDnn || cpuInfo === null || supportsBfloat16(cpuInfo)) return precision;
  throw new FerlabError("this processor can't train in bfloat16, which needs AVX-512", {
    remedy: 'use --precision float32, or auto, which takes the faster type of each machine',
    exitStatus: EXIT.failure,
  });
}
