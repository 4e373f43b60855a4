import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../src/random';
import { faultOf } from './check';
import { csvAsItIs } from './csv-tries';
import { damage } from './damage';
import { fuzz, MOST_MEGABYTES } from './fuzz';
import { KINDS } from './tries';
import { drawRows } from './truth';

/** About a minute of one core. */
const TRIES = 40 * Object.keys(KINDS).length;

test('no input is read wrongly in silence, crashes, hangs, takes more memory than stated, or leaves half a file', async () => {
  const { tries, faults, peakMegabytes } = await fuzz({ seed: 2013, tries: TRIES });
  assert.deepEqual(faults, []);
  assert.equal(tries, TRIES);
  assert.ok(peakMegabytes <= MOST_MEGABYTES, `${peakMegabytes} MB`);
});

test('the fuzzer sees what it is there to see', async () => {
  // With a stated order nothing is assumed.
  const input = { ...csvAsItIs(randomStream(5, 'one')), classes: 'official' };
  assert.equal(input.expectation.kind, 'read');
  assert.equal(await faultOf(input), null);
  const others = drawRows(randomStream(6, 'others'), 3);
  assert.match((await faultOf({ ...input, expectation: { kind: 'read', rows: others } }))!, /other rows/);
  assert.match(
    (await faultOf({ ...input, expectation: { kind: 'never wrong', rows: others } }))!,
    /never written/,
  );
  assert.match((await faultOf({ ...input, expectation: { kind: 'refused' } }))!, /have to be refused/);
  const gone = { ...input, write: () => '/nowhere/at/all.csv' };
  assert.match((await faultOf(gone))!, /^refused/);
  const crash = { ...input, classes: 7 as unknown as string };
  assert.match((await faultOf(crash))!, /crash/);
});

test('damage is the same for the same stream, and changes something', () => {
  const bytes = Buffer.from(Array.from({ length: 500 }, (_, i) => i % 251));
  const made = (seed: number) => damage(bytes, randomStream(seed, 'damage')).bytes;
  assert.deepEqual(made(3), made(3));
  assert.ok([1, 2, 3, 4, 5, 6].every((seed) => !made(seed).equals(bytes)));
});
