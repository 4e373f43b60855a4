// Runs alone: it starts a hub, a proxy and twenty servers
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ClassServer } from './class-server';

const STUDENTS = 20;
const LAB = '4-build-and-train';

describe('a server for a whole class', { timeout: 360 * 60_000 }, () => {
  const server = new ClassServer();

  before(() => server.start());
  after(() => server.stop());

  it('lets twenty simulated students train a network at once', async () => {
    const rows = await server.tryWith(STUDENTS, LAB);
    console.log(rows.at(-1));
    assert.equal(rows.at(-1)!.failed, 0, JSON.stringify(rows));
    assert.deepEqual(
      rows.slice(0, -1).map(({ points }) => points),
      new Array(STUDENTS).fill(24),
    );
  });
});
