import type { Measurement } from './measure';
import { OURS } from './peer';

export const number = (value: number) => (value < 20 ? value.toFixed(1) : String(Math.round(value)));
export const titleCase = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/** Measurements by their case, in the order in which the cases first appear. */
export function byCase(measurements: readonly Measurement[]): [string, Measurement[]][] {
  const cases = new Map<string, Measurement[]>();
  for (const it of measurements) cases.set(it.case, [...(cases.get(it.case) ?? []), it]);
  return [...cases];
}

interface Rivals {
  readonly ours: Measurement;
  /** The fastest of the others by its median. */
  readonly peer: Measurement;
}

/** How many times as fast a peer is. Latencies are better when they are small. */
const lead = ({ ours, peer }: Rivals) =>
  ours.unit === 'ms' ? ours.median / peer.median : peer.median / ours.median;

/** The cases in which a peer has the better median in the same precision, as Markdown. */
export function peersAhead(measurements: readonly Measurement[]): string[] {
  const compared = byCase(measurements).flatMap(([, rows]) =>
    ['float32', 'bfloat16'].flatMap((precision) => rivalsOf(rows, precision)),
  );
  const ahead = compared.filter((rivals) => lead(rivals) > 1);
  if (compared.length === 0) return [];
  return [
    '## Where a peer is ahead',
    '',
    `ferlab is compared with the fastest peer in each case and precision, ${compared.length} times in all. In ${ahead.length} of these comparisons the peer has the better median. Where the ranges overlap, chance may decide the order.`,
    '',
    '| | precision | ferlab | fastest peer | peer, ferlab = 1 |',
    '|---|---|---:|---|---:|',
    ...ahead.map(
      (rivals) =>
        `| ${titleCase(rivals.ours.case)} | ${rivals.ours.precision} | ${withRange(rivals.ours)} | ${rivals.peer.peer}: ${withRange(rivals.peer)} | ${lead(rivals).toFixed(2)} |`,
    ),
    '',
  ];
}

function rivalsOf(rows: readonly Measurement[], precision: string): Rivals[] {
  const same = rows.filter((row) => row.precision === precision);
  const ours = same.find(({ peer }) => peer === OURS);
  const others = same.filter(({ peer }) => peer !== OURS);
  if (!ours || others.length === 0) return [];
  const fastest = others.reduce((best, peer) =>
    lead({ ours, peer }) > lead({ ours, peer: best }) ? peer : best,
  );
  return [{ ours, peer: fastest }];
}

const withRange = ({ unit, median, min, max }: Measurement) =>
  unit === 'ms' ? `${number(median)} ms` : `${number(median)} (${number(min)} to ${number(max)}) images/s`;
