// Tries inputs one after the other, in a process that may die of them: it tells each before and after.
import { runTry } from './tries';

/** What the parent sends: tries from one number on. */
export interface Order {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** What it hears: a try that begins, or one that has ended. */
export type News =
  | { readonly begins: number }
  | {
      readonly ended: number;
      readonly kind: string;
      readonly what: string;
      readonly fault: string | null;
      readonly peakMegabytes: number;
    };

const tell = (news: News) => new Promise<void>((done) => process.send!(news, () => done()));

process.once('message', async ({ seed, from, to }: Order) => {
  for (let number = from; number < to; number++) {
    await tell({ begins: number });
    const outcome = await runTry(seed, number);
    await tell({
      ended: number,
      ...outcome,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    });
  }
  process.exit(0);
});
