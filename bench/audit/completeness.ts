// Moves one figure of honest claims by one unit of its last decimal and counts how often that is detected, beside
// mlscorecheck on the same claims. usage: npm run audit:completeness -- [claims per cell] [python with mlscorecheck]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Claim } from '@ferlab/audit';
import { auditClaim } from '../../src/audit/audit';
import { type RandomStream, randomStream } from '../../src/random';
import { writeWhole } from '../../src/write-whole';
import { FURTHER, furtherFigure } from './further-figures';
import { honestClaim, moveFigure, randomMatrix, toClaim } from './random-claims';

const CLASSES = 7;
const SIZES = [100, 3589, 35_887];
const DECIMALS = [2, 4];
const FIGURES = [
  'accuracy',
  'perClass.recall',
  'perClass.precision',
  'perClass.f1',
  'means.macro.recall',
  'means.macro.precision',
  'means.macro.f1',
  'means.weighted.recall',
  'means.weighted.precision',
  'means.weighted.f1',
  ...FURTHER,
] as const;

interface Case {
  readonly figure: string;
  readonly n: number;
  readonly decimals: number;
  readonly claim: Claim;
}

/** A copy of the claim in which the figure at the path is moved; a class is drawn for figures of classes. */
function moved(claim: Claim, figure: string, random: RandomStream): Claim {
  const copy = structuredClone(claim) as unknown as Record<string, unknown>;
  const keys = figure.split('.');
  if (keys[0] === 'perClass' || keys[0] === 'rates')
    keys.push(claim.classes[random.integer(claim.classes.length)]!);
  const last = keys.pop()!;
  const table = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  const printed = table[last] as string;
  const sign = printed.startsWith('-') ? '-' : '';
  table[last] = `${sign}${moveFigure(printed.slice(sign.length), random)}`;
  return copy as unknown as Claim;
}

function buildCases(count: number): Case[] {
  const cases: Case[] = [];
  for (const decimals of DECIMALS) {
    for (const n of SIZES) {
      for (const figure of FIGURES) {
        for (let index = 0; index < count; index++) {
          const random = randomStream(1, 'completeness', decimals, n, figure, index);
          const matrix = randomMatrix(random, CLASSES, n);
          const honest = toClaim(honestClaim([matrix], { decimals, rounding: 'nearest', random }));
          const isFurther = (FURTHER as readonly string[]).includes(figure);
          const more = isFurther ? furtherFigure([matrix], figure, { decimals, random }) : {};
          cases.push({ figure, n, decimals, claim: moved({ ...honest, ...more }, figure, random) });
        }
      }
    }
  }
  return cases;
}

/** Peers that run beside each other. */
const PEERS = 2;

/**
 * Asks mlscorecheck about every claim, while this process goes on; true where one of its tests that apply reports an
 * inconsistency, null where a test of it failed.
 */
async function askMlscorecheck(cases: readonly Case[], python: string): Promise<(boolean | null)[]> {
  const size = Math.ceil(cases.length / PEERS);
  const parts = Array.from({ length: PEERS }, (_, k) => cases.slice(k * size, (k + 1) * size));
  return (await Promise.all(parts.map((part) => askPeer(part, python)))).flat();
}

async function askPeer(cases: readonly Case[], python: string): Promise<(boolean | null)[]> {
  const script = path.join(__dirname, 'mlscorecheck_peer.py');
  const peer = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(peer, 'close');
  peer.stdin.end(cases.map(({ claim, decimals }) => JSON.stringify({ claim, decimals })).join('\n'));
  const answers = await text(peer.stdout);
  const [status] = (await ended) as [number | null];
  if (status !== 0) throw new Error(`mlscorecheck failed with status ${status}`);
  return answers
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as boolean | null);
}

interface Cell {
  readonly figure: string;
  readonly n: number;
  readonly decimals: number;
  readonly claims: number;
  /** Shares of the claims: called impossible by ferlab, left open by ferlab, called inconsistent by mlscorecheck. */
  readonly detected: number;
  readonly open: number;
  readonly mlscorecheck: number;
}

function summarise(
  cases: readonly Case[],
  ours: readonly string[],
  theirs: readonly (boolean | null)[],
): Cell[] {
  return DECIMALS.flatMap((decimals) =>
    SIZES.flatMap((n) =>
      FIGURES.map((figure) => {
        const here = cases.flatMap((one, i) =>
          one.figure === figure && one.n === n && one.decimals === decimals ? [i] : [],
        );
        const share = (holds: (i: number) => boolean) => here.filter(holds).length / here.length;
        return {
          figure,
          n,
          decimals,
          claims: here.length,
          detected: share((i) => ours[i] === 'impossible'),
          open: share((i) => ours[i] === 'not enough information'),
          mlscorecheck: share((i) => theirs[i] === true),
        };
      }),
    ),
  );
}

function markdown(cells: readonly Cell[]): string {
  const percent = (value: number) => `${Math.round(100 * value)}`;
  const columns = DECIMALS.flatMap((decimals) => SIZES.map((n) => ({ decimals, n })));
  const head = ['moved figure', ...columns.map(({ decimals, n }) => `${decimals} decimals, n = ${n}`)];
  const rows = FIGURES.map((figure) => [
    figure,
    ...columns.map(({ decimals, n }) => {
      const cell = cells.find((one) => one.figure === figure && one.n === n && one.decimals === decimals)!;
      return `${percent(cell.detected)} / ${percent(cell.mlscorecheck)}${cell.open ? ` (${percent(cell.open)} open)` : ''}`;
    }),
  ]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

async function main(): Promise<void> {
  const cases = buildCases(Number(process.argv[2] ?? 40));
  const theirs = askMlscorecheck(cases, process.argv[3] ?? 'python3');
  const ours: string[] = [];
  const seconds: number[] = [];
  for (const { claim } of cases) {
    const report = await auditClaim(claim, { timeLimitSeconds: 4, reading: { macroF1: 'mean of F1s' } });
    ours.push(report.verdict);
    seconds.push(report.seconds);
  }
  const peer = await theirs;
  const cells = summarise(cases, ours, peer);
  seconds.sort((a, b) => a - b);
  const timing = {
    median: seconds[seconds.length >> 1]!,
    p99: seconds[Math.floor(seconds.length * 0.99)]!,
    max: seconds.at(-1)!,
  };
  const note =
    `Share (%) of claims called impossible after one figure was moved by one unit of its last decimal: ferlab / ` +
    `mlscorecheck 1.0.3, in brackets what ferlab left open. ${CLASSES} classes, accuracy, figures and supports of the classes and their means printed, and the moved figure, rounded ` +
    `to nearest, ${cells[0]!.claims} claims a cell, seed 1; mlscorecheck failed on ${peer.filter((one) => one === null).length} claims. A moved figure that some matrix still yields can't be detected.`;
  const out = path.join(__dirname, 'completeness');
  writeWhole(`${out}.json`, `${JSON.stringify({ note, seconds: timing, cells }, null, 1)}\n`);
  writeWhole(`${out}.md`, `${note}\n\n${markdown(cells)}\n`);
  process.stdout.write(`${note}\n\n${markdown(cells)}\n\nseconds a claim: ${JSON.stringify(timing)}\n`);
}

if (require.main === module) void main();
