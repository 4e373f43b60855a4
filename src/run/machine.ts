import type { RunRecord } from './record';

/** What a run was computed on. */
export interface Machine extends Pick<RunRecord['environment'], 'processor' | 'cores'> {
  /** Element type of the training. */
  readonly precision: RunRecord['precision'];
}

/** The machine of a run; a published model's weights are float32, however it was trained. */
export function machineOf({ environment, precision, rounded }: RunRecord): Machine {
  const { processor, cores } = environment;
  return { processor, cores, precision: rounded?.fromPrecision ?? precision };
}

/** Different machines in words, such as "2 cores of AMD EPYC, in bfloat16". */
export function describeMachines(machines: readonly Machine[]): string {
  const words = machines.map(
    ({ processor, cores, precision }) => `${cores} cores of ${processor}, in ${precision}`,
  );
  return [...new Set(words)].join('; ');
}
