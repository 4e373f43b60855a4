import { existsSync, readFileSync } from 'node:fs';
import { Device } from '../engine/device';
import type { Precision } from '../engine/network';
import type { RunConfig } from './config';

const CPU_INFO = '/proc/cpuinfo';

/** Whether the processor multiplies bfloat16 natively (AVX512_BF16 or AMX). */
export function hasNativeBfloat16(): boolean {
  return existsSync(CPU_INFO) && /\b(avx512_bf16|amx_bf16)\b/.test(readFileSync(CPU_INFO, 'utf8'));
}

/**
 * The element type that `auto` stands for on this machine. On a GPU it is float32: bfloat16 was measured on
 * processors alone.
 */
export function choosePrecision(precision: RunConfig['precision']): Precision {
  if (precision !== 'auto') return precision;
  return hasNativeBfloat16() && new Device().hasOneDnn ? 'bfloat16' : 'float32';
}
