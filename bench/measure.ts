import { median, medianSorted, quantileSorted } from 'simple-statistics';
import { modelSize } from '../src/engine/describe';
import type { Case } from './cases';
import { OURS, Peer, type PeerDefinition } from './peer';
import type { Task } from './protocol';

/** What one peer needed in one case. */
export interface Measurement {
  readonly case: string;
  readonly peer: string;
  readonly precision: Task['precision'];
  /** Images a second (training, inference) or milliseconds (latency). */
  readonly unit: 'images/s' | 'ms';
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** 95th percentile of the latency. */
  readonly p95?: number;
  /** Median of the processor time for one image over all cores, where the peer tells it. */
  readonly processorMilliseconds?: number;
  readonly parameters: number;
  /** Multiplications with an addition that one image takes forward. */
  readonly multiplyAdds?: number;
  /** Version and threads of the library, in its own words. */
  readonly about: string;
}

/** A peer that did not finish a case, and why. */
export interface Failure {
  readonly case: string;
  readonly peer: string;
  readonly precision: Task['precision'];
  readonly problem: string;
}

interface Contestant {
  readonly peer: Peer;
  readonly precision: Task['precision'];
  readonly values: number[];
  /** Processor milliseconds for an image. */
  readonly processor: number[];
  parameters: number;
  about: string;
  problem: string | null;
}

/** How a case is measured. */
export interface Rounds {
  readonly repeat: number;
  /** One element type alone; unless given, all that a peer has. */
  readonly precision?: Task['precision'];
}

/** Measures a case: the peers in turn, A B C A B C, so that a change of the machine's speed meets all alike. */
export async function measureCase(
  it: Case,
  peers: readonly Peer[],
  { repeat, precision }: Rounds,
): Promise<{ measurements: Measurement[]; failures: Failure[] }> {
  const contestants = peers
    .filter(({ definition }) => takesPart(definition, it))
    .flatMap((peer) => peer.definition.precisions.map((its) => contestant(peer, its)))
    .filter((one) => precision === undefined || one.precision === precision);
  for (let round = 0; round < repeat; round++) {
    for (const one of contestants) {
      if (one.problem === null) await measureOnce(it, one);
    }
  }
  checkSameSize(contestants);
  return {
    measurements: contestants.filter(({ problem }) => problem === null).map((one) => summary(it, one)),
    failures: contestants.flatMap(({ peer, precision, problem }) =>
      problem === null ? [] : [{ case: it.name, peer: peer.definition.name, precision, problem }],
    ),
  };
}

const contestant = (peer: Peer, precision: Task['precision']): Contestant => ({
  ...{ peer, precision, values: [], processor: [] },
  ...{ parameters: 0, about: '', problem: null },
});

/** Whether a peer can do the work of a case, and is asked to. */
export const takesPart = ({ name, predictsOnly }: PeerDefinition, { oursAlone, task }: Case): boolean =>
  oursAlone ? name === OURS : !(predictsOnly && task.kind === 'train');

async function measureOnce(it: Case, contestant: Contestant): Promise<void> {
  try {
    const answer = await contestant.peer.ask({ ...it.task, precision: contestant.precision });
    contestant.parameters = answer.parameters;
    contestant.about = answer.about;
    if (answer.processorSeconds !== undefined)
      contestant.processor.push((1000 * answer.processorSeconds) / (it.task.batch * it.task.steps));
    contestant.values.push(...answer.seconds.map((seconds) => measured(it.task, seconds)));
  } catch (error) {
    contestant.problem = (error as Error).message;
  }
}

const measured = (task: Case['task'], seconds: number) =>
  task.kind === 'latency' ? 1000 * seconds : (task.batch * task.steps) / seconds;

/** A peer with another number of weights than ours did other work: it fails, with both numbers told. */
function checkSameSize(contestants: readonly Contestant[]): void {
  const whole = contestants.filter(({ problem }) => problem === null);
  const expected = (whole.find(({ peer }) => peer.definition.name === OURS) ?? whole[0])?.parameters;
  for (const contestant of whole)
    if (contestant.parameters !== expected)
      contestant.problem = `built a network of ${contestant.parameters} weights, not ${expected}`;
}

function summary(it: Case, contestant: Contestant): Measurement {
  const { peer, precision, values, processor, parameters, about } = contestant;
  const sorted = [...values].sort((a, b) => a - b);
  const isLatency = it.task.kind === 'latency';
  return {
    case: it.name,
    peer: peer.definition.name,
    precision,
    unit: isLatency ? 'ms' : 'images/s',
    median: medianSorted(sorted),
    min: sorted[0]!,
    max: sorted.at(-1)!,
    ...(isLatency ? { p95: quantileSorted(sorted, 0.95) } : {}),
    ...(processor.length > 0 ? { processorMilliseconds: median(processor) } : {}),
    parameters,
    multiplyAdds: modelSize(it.task.model).multiplyAdds,
    about,
  };
}

/** Starts every peer, lends them to `work`, and stops them. */
export async function withPeers<T>(
  definitions: readonly PeerDefinition[],
  work: (peers: readonly Peer[]) => Promise<T>,
): Promise<T> {
  const peers = definitions.map((definition) => new Peer(definition));
  try {
    return await work(peers);
  } finally {
    for (const peer of peers) peer.stop();
  }
}
