import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { allCases, type Case } from './cases';
import type { Rounds } from './measure';
import { PEERS, type PeerDefinition } from './peer';

const PRECISIONS = ['float32', 'bfloat16'] as const;

/** What the command line of the benchmark asks for. */
export interface BenchFlags extends Rounds {
  readonly quick: boolean;
  readonly only: string;
  readonly peers: readonly PeerDefinition[];
  readonly csv?: string;
  readonly out: string;
  readonly update?: boolean;
  readonly note?: string;
  readonly memoryOnly?: boolean;
}

/** Reads the flags; one that makes no sense ends the process with a message. */
export function parseFlags(argv: readonly string[], out: string): BenchFlags {
  const ids = PEERS.map(({ id }) => id).join(', ');
  return benchCommand(ids, out).parse(argv).opts<BenchFlags>();
}

const benchCommand = (ids: string, out: string) =>
  new Command('bench')
    .option('--quick', 'one network, one batch size', false)
    .option('--repeat <n>', 'rounds; medians of them are reported', positive, 5)
    .option('--only <word>', 'cases whose name has this word, such as training', knownCase, '')
    .option('--peers <ids>', `comma-separated, of ${ids}`, choosePeers, PEERS)
    .addOption(
      new Option('--precision <type>', 'one alone, for processors without bfloat16').choices(PRECISIONS),
    )
    .option('--csv <path>', 'plain fer2013.csv whose loading is measured', existing)
    .option('--update', 'keep the saved results of the cases that are not measured now')
    .option('--note <text>', 'circumstances of an update, such as "other work shared the machine"')
    .option(
      '--memory-only',
      'update the memory of the loading and keep its saved seconds: for a busy machine',
    )
    .option('--out <folder>', 'where results.json, README.md and the plot go', out);

/** The cases that the flags choose. */
export function chosenCases({ quick, only }: Pick<BenchFlags, 'quick' | 'only'>): Case[] {
  return allCases(quick).filter(({ name }) => name.includes(only));
}

/** The peers with these ids, in the order of the list of peers. */
export function choosePeers(text: string): readonly PeerDefinition[] {
  const asked = text.split(',').map((id) => id.trim());
  const unknown = asked.filter((id) => !PEERS.some((peer) => peer.id === id));
  if (unknown.length > 0)
    throw new InvalidArgumentError(
      `no peer is called ${unknown.map((id) => `"${id}"`).join(', ')}; there are ${PEERS.map(({ id }) => id).join(', ')}`,
    );
  return PEERS.filter(({ id }) => asked.includes(id));
}

/** A number of rounds. */
export function positive(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('a whole number from 1 is needed');
  return Number(text);
}

/** `loading` stands for no case: only the loading of a CSV is measured then. */
function knownCase(word: string): string {
  if (word === 'loading' || allCases(false).some(({ name }) => name.includes(word))) return word;
  const names = allCases(false).map(({ name }) => name);
  throw new InvalidArgumentError(`no case has this word in its name; there are: ${names.join('; ')}`);
}

function existing(path: string): string {
  if (!existsSync(path)) throw new InvalidArgumentError('there is no such file');
  return path;
}
