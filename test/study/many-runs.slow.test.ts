import { test } from 'node:test';
import { assertBookkeeping } from './simulation/assert-bookkeeping';
import { simulate } from './simulation/simulate';
import { sweepOf } from './simulation/sweep';

test('1,000 runs on 100 nodes that fail: each is trained once, by one process at a time', async (t) => {
  const study = sweepOf(t, 250, 4);
  await assertBookkeeping(
    t,
    study,
    await simulate(t, study, { nodes: 100, seed: 1, failing: 0.4, full: 0.05 }),
  );
});
