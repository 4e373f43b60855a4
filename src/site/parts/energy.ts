import { column, type ReportTable } from '../../report/table';
import type { SiteModel } from '../content';

/**
 * Watts of one hardware thread in use, least and most. A server processor of 280 W with 128 threads has 2.2 W for each;
 * twice to five times as much stands for memory, board, power supply and cooling.
 */
const WATTS_PER_THREAD = [4.4, 11] as const;

/** What a training cost. */
interface Cost {
  readonly name: string;
  readonly hours: number;
  readonly threads: number;
  readonly machines: string;
}

/** Hours and estimated watt-hours of the published trainings; an ensemble costs nothing beyond its members. */
export function tableEnergy(models: readonly SiteModel[]): ReportTable<Cost> {
  const costs = models.flatMap(costOf);
  const total: Cost = {
    name: 'All',
    hours: costs.reduce((sum, { hours }) => sum + hours, 0),
    threads: Math.max(0, ...costs.map(({ threads }) => threads)),
    machines: '',
  };
  const energy = ({ hours, threads }: Cost, watts: number) => hours * threads * watts;
  return {
    title: 'Cost of the published trainings',
    columns: [
      column('Training', ({ name }) => name),
      column('Hours', ({ hours }) => hours, { decimals: 2 }),
      column('Threads', ({ threads }) => threads, { decimals: 0 }),
      column(
        'Energy, Wh (estimated)',
        (cost) => [energy(cost, WATTS_PER_THREAD[0]), energy(cost, WATTS_PER_THREAD[1])],
        { decimals: 0 },
      ),
      column('Machine', ({ machines }) => machines),
    ],
    rows: [...costs, total],
    notes: [
      `Hours: wall time of training and validation, from the records. The energy was not measured: it is hours times threads times ${WATTS_PER_THREAD.join(' to ')} W. A server processor of 280 W with 128 threads has 2.2 W for each thread; twice to five times as much stands for memory, board, power supply and cooling. Studies, trainings that were not published, and the evaluations come on top.`,
    ],
  };
}

function costOf({ name, run, results }: SiteModel): Cost[] {
  if (run.kind !== 'network') return [];
  const cores = run.record.environments.map((environment) => environment.cores);
  const { seconds, trainedOn } = results.classifier;
  return [{ name, hours: seconds / 3600, threads: Math.max(1, ...cores), machines: trainedOn }];
}
