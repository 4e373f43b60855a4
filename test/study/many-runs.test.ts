import { test } from 'node:test';
import { assertBookkeeping } from './simulation/assert-bookkeeping';
import { simulate } from './simulation/simulate';
import { sweepOf } from './simulation/sweep';

test('60 runs on 8 nodes that fail: each is trained once, by one process at a time', async (t) => {
  const study = sweepOf(t, 20, 3);
  await assertBookkeeping(t, study, await simulate(t, study, { nodes: 8, seed: 1, failing: 0.8, full: 0.1 }));
});
