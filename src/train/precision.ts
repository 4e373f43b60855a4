import { existsSync, readFileSync } from 'node:fs';
import type { Precision } from '../engine/network';
import type { RunConfig } from './config';

const CPU_INFO = '/proc/cpuinfo';

/** Whether the processor multiplies bfloat16 natively (AVX512_BF16 or AMX). */
export function hasNativeBfloat16(): boolean {
  return existsSync(CPU_INFO) && /\b(avx512_bf16|amx_bf16)\b/.test(readFileSync(CPU_INFO, 'utf8'));
}

/** The element type that `auto` stands for on this machine. */
export function choosePrecision(precision: RunConfig['precision']): Precision {
  if (precision !== 'auto') return precision;
  return hasNativeBfloat16() ? 'bfloat16' : 'float32';
}
