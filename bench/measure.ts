import { medianSorted, quantileSorted } from 'simple-statistics';
import type { Case } from './cases';
import { OURS, PEERS, Peer } from './peer';
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
  readonly parameters: number;
}

interface Contestant {
  readonly peer: Peer;
  readonly precision: Task['precision'];
  readonly values: number[];
  parameters: number;
}

/** Measures a case: the peers in turn, A B C A B C, so that a change of the machine's speed meets all alike. */
export async function measureCase(it: Case, peers: readonly Peer[], repeats: number): Promise<Measurement[]> {
  const contestants = peers
    .filter((peer) => !it.oursAlone || peer.definition.name === OURS)
    .flatMap((peer) =>
      peer.definition.precisions.map(
        (precision): Contestant => ({ peer, precision, values: [], parameters: 0 }),
      ),
    );
  const failed = new Set<Contestant>();
  for (let round = 0; round < repeats; round++) {
    for (const contestant of contestants) {
      if (failed.has(contestant)) continue;
      try {
        const answer = await contestant.peer.ask({ ...it.task, precision: contestant.precision });
        contestant.parameters = answer.parameters;
        contestant.values.push(...answer.seconds.map((seconds) => measured(it.task, seconds)));
      } catch (error) {
        failed.add(contestant);
        process.stderr.write(`${it.name}: ${(error as Error).message}\n`);
      }
    }
  }
  const whole = contestants.filter((contestant) => !failed.has(contestant));
  checkSameSize(it, whole);
  return whole.map((contestant) => summary(it, contestant));
}

const measured = (task: Case['task'], seconds: number) =>
  task.kind === 'latency' ? 1000 * seconds : (task.batch * task.steps) / seconds;

/** Peers with other numbers of weights would be compared on other work. */
function checkSameSize(it: Case, contestants: readonly Contestant[]): void {
  const sizes = new Set(contestants.map(({ parameters }) => parameters));
  if (sizes.size > 1)
    throw new Error(`${it.name}: the peers built different networks (${[...sizes].join(', ')} weights)`);
}

function summary(it: Case, { peer, precision, values, parameters }: Contestant): Measurement {
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
    parameters,
  };
}

/** Starts every peer, lends them to `work`, and stops them. */
export async function withPeers<T>(
  names: readonly string[] | undefined,
  work: (peers: readonly Peer[]) => Promise<T>,
): Promise<T> {
  const peers = PEERS.filter(({ name }) => !names || names.includes(name)).map(
    (definition) => new Peer(definition),
  );
  try {
    return await work(peers);
  } finally {
    for (const peer of peers) peer.stop();
  }
}
