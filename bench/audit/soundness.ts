// Audits honestly reported random confusion matrices: not one may come out impossible.
// usage: npm run audit:soundness -- [count] [seed] [part of the shapes' names]

import { auditClaim } from '../../src/audit/audit';
import { randomStream } from '../../src/random';
import { SHAPES, soundClaim } from './shapes';

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 10_000);
  const seed = Number(process.argv[3] ?? 1);
  const shapes = SHAPES.filter((shape) => shape.includes(process.argv[4] ?? ''));
  const tally = new Map<string, number>();
  let unsound = 0;
  for (let index = 0; index < count; index++) {
    const shape = shapes[index % shapes.length]!;
    const claim = soundClaim(randomStream(seed, 'soundness', index), shape);
    const report = await auditClaim(claim, { timeLimitSeconds: 0.25 });
    const key = `${shape}: ${report.verdict}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
    if (report.verdict !== 'impossible') continue;
    unsound++;
    process.stdout.write(`UNSOUND index ${index}, ${shape}: ${report.readings[0]?.certificate?.statement}\n`);
  }
  for (const [key, value] of [...tally].sort())
    process.stdout.write(`${String(value).padStart(6)}  ${key}\n`);
  process.stdout.write(`${count} honest claims, ${unsound} called impossible\n`);
  if (unsound > 0) process.exitCode = 1;
}

void main();
