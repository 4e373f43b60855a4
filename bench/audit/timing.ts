// How much processor time an audit takes, on a machine that other work may use too: honest claims and claims with one figure moved, all per-class figures and means printed.
// usage: npm run audit:timing -- [claims of each kind]

import type { Claim } from '@ferlab/audit';
import { median } from 'simple-statistics';
import { auditClaim } from '../../src/audit/audit';
import { randomStream } from '../../src/random';
import { COUNT } from '../../src/report/columns';
import { tableMarkdown } from '../../src/report/formats/markdown';
import { column } from '../../src/report/table';
import { honestClaim, moveFigure, randomMatrix, toClaim } from './random-claims';

const SIZES = [
  { classes: 7, n: 3589 },
  { classes: 20, n: 40_000 },
] as const;
const DECIMALS = [2, 3, 4] as const;

interface AuditTime {
  readonly classes: number;
  readonly n: number;
  readonly decimals: number;
  readonly claim: string;
  /** Of processor time, of each audit. */
  readonly seconds: number[];
  readonly verdicts: string;
}

/** An honest claim, or one whose macro F1 is moved by one unit of its last decimal. */
function claimOf(size: (typeof SIZES)[number], decimals: number, index: number, isMoved: boolean): Claim {
  const random = randomStream(1, 'timing', size.classes, decimals, index);
  const matrix = randomMatrix(random, size.classes, size.n);
  const claim = toClaim(honestClaim([matrix], { decimals, rounding: 'nearest', random }));
  if (!isMoved) return claim;
  const { means } = claim;
  const macro = { ...means!.macro, f1: moveFigure(means!.macro!.f1 as string, random) };
  return { ...claim, means: { ...means, macro } };
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 10);
  const rows: AuditTime[] = [];
  for (const size of SIZES) {
    for (const decimals of DECIMALS) {
      for (const isMoved of [false, true]) {
        const seconds: number[] = [];
        const verdicts = new Map<string, number>();
        for (let index = 0; index < count; index++) {
          const claim = claimOf(size, decimals, index, isMoved);
          const start = process.cpuUsage();
          const { verdict } = await auditClaim(claim);
          const { user, system } = process.cpuUsage(start);
          seconds.push((user + system) / 1e6);
          verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
        }
        const said = [...verdicts].map(([verdict, times]) => `${times} ${verdict}`).join(', ');
        rows.push({
          ...size,
          decimals,
          claim: isMoved ? 'macro F1 moved' : 'honest',
          seconds,
          verdicts: said,
        });
      }
    }
  }
  const two = { decimals: 2 };
  const table = {
    title: 'Processor seconds of an audit',
    columns: [
      column<AuditTime>('Classes', ({ classes }) => classes),
      column<AuditTime>('n', ({ n }) => n, COUNT),
      column<AuditTime>('Decimals', ({ decimals }) => decimals),
      column<AuditTime>('Claim', ({ claim }) => claim),
      column<AuditTime>('Median, s', ({ seconds }) => median(seconds), two),
      column<AuditTime>('Largest, s', ({ seconds }) => Math.max(...seconds), two),
      column<AuditTime>('Verdicts', ({ verdicts }) => verdicts),
    ],
    rows,
    notes: [
      `${count} claims a row, seed 1; all per-class figures, supports and means printed; one reading at a time.`,
    ],
  };
  process.stdout.write(`${tableMarkdown(table)}\n`);
}

void main();
