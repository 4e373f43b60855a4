// Tries inputs that were made from a known truth until it is told to stop: npm run fuzz -- --minutes 10 --seed 1
import { parseArgs } from 'node:util';
import { fuzz, MOST_MEGABYTES } from './fuzz';
import { runTry } from './tries';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    try: { type: 'string' },
  },
});

/** A number of the command line. @throws Error for what is none */
function numberOf(name: 'minutes' | 'seed' | 'from' | 'try'): number {
  const text = values[name] ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new Error(`--${name} ${text}: a number is needed`);
}

async function main(): Promise<boolean> {
  const seed = numberOf('seed');
  if (values.try !== undefined) {
    const outcome = await runTry(seed, numberOf('try'));
    console.log(JSON.stringify(outcome, null, 2));
    return outcome.fault === null;
  }
  const end = Date.now() + 60_000 * numberOf('minutes');
  const result = await fuzz({
    seed,
    from: numberOf('from'),
    isOver: () => Date.now() > end,
    onFault: (fault) => console.log(JSON.stringify(fault)),
  });
  console.log(JSON.stringify({ seed, ...result, faults: result.faults.length }, null, 2));
  return result.faults.length === 0 && result.peakMegabytes <= MOST_MEGABYTES;
}

void main().then((isFine) => process.exit(isFine ? 0 : 1));
