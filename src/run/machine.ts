import { z } from 'zod';
import type { Precision } from '../engine/network';

/** What a run was computed on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Element type of the training. */
  readonly precision: Precision;
}

export const machineSchema: z.ZodType<Machine> = z.strictObject({
  processor: z.string(),
  cores: z.int().min(1),
  precision: z.enum(['float32', 'bfloat16']),
});

/** Each machine once, in the order of their first appearance. */
export function distinct(machines: readonly Machine[]): Machine[] {
  return [...new Map(machines.map((machine) => [wordsOf(machine), machine])).values()];
}

/** Machines in words, such as "2 cores of AMD EPYC, in bfloat16". */
export function describeMachines(machines: readonly Machine[]): string {
  return machines.length === 0 ? 'machine not recorded' : distinct(machines).map(wordsOf).join('; ');
}

const wordsOf = ({ processor, cores, precision }: Machine) =>
  `${cores} cores of ${processor}, in ${precision}`;
