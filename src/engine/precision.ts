import { existsSync, readFileSync } from 'node:fs';
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
 * The element type that `auto` stands for on this machine. On a GPU it is float32: bfloat16 was measured on
 * processors alone.
 */
export function choosePrecision(precision: 'auto' | Precision): Precision {
  if (precision !== 'auto') return precision;
  const isFast = existsSync(CPU_INFO) && hasFastBfloat16(readFileSync(CPU_INFO, 'utf8'));
  return isFast && new Device().hasOneDnn ? 'bfloat16' : 'float32';
}
