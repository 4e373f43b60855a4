import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { peersAhead } from '../../bench/ahead';
import { allCases } from '../../bench/cases';
import type { Measurement } from '../../bench/measure';
import type { AllResults, BenchResults } from '../../bench/recorded';
import { loadResults, updated } from '../../bench/results';
import { reportText } from '../../bench/text';
import { projectRoot } from '../../src/paths';

const FOLDER = join(projectRoot(), 'bench');
const saved = () => loadResults<BenchResults>(FOLDER, 'results')!;

const measurement = (name: string, median: number): Measurement => ({
  case: name,
  peer: 'ferlab',
  precision: 'float32',
  unit: 'images/s',
  median,
  min: median,
  max: median,
  parameters: 1,
  about: '',
});

for (const machine of ['', 'xeon']) {
  const folder = join(FOLDER, machine);
  test(`${join('bench', machine, 'README.md')} is what the saved results give`, () => {
    const all = {
      bench: loadResults(folder, 'results'),
      memory: loadResults(folder, 'memory'),
      precision: loadResults(folder, 'precision'),
      widths: loadResults(folder, 'widths'),
    } as AllResults;
    assert.equal(readFileSync(join(folder, 'README.md'), 'utf8'), reportText(all));
  });
}

test('a later run replaces its own cases, drops those that are no more, and is told once', () => {
  const whole = { ...saved(), updates: [], failures: [], loading: [] };
  const names = ['a', 'b', 'c'];
  const first = { ...whole, measurements: [measurement('old', 1), measurement('b', 1), measurement('a', 1)] };
  const again = { ...whole, command: 'later', measurements: [measurement('b', 2), measurement('c', 2)] };
  const once = updated(first, again, { allCases: names });
  assert.deepEqual(
    once.measurements.map((it) => [it.case, it.median]),
    [
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ],
  );
  assert.equal(once.command, whole.command);
  const twice = updated(once, { ...again, measurements: [measurement('b', 3)] }, { allCases: names });
  assert.deepEqual(
    twice.updates!.map(({ cases }) => cases),
    [['c'], ['b']],
  );
});

test('wider networks have whole blocks of filters and tell their multiply-adds exactly', () => {
  const growth = allCases(false).filter(({ name }) => name.includes('multiply-adds'));
  const filters = growth.map(({ task }) =>
    task.model.layers.flatMap((layer) => (layer.kind === 'convolution' ? [layer.filters] : [])),
  );
  assert.deepEqual(filters, [
    [32, 32, 64, 64, 128, 128],
    [48, 48, 96, 96, 176, 176],
    [64, 64, 128, 128, 256, 256],
  ]);
  // 3 x 3 kernels at 48, 24 and 12 pixels, then 6 * 6 * filters x 256 and 256 x 7.
  const byHand = ([a, , b, , c]: readonly number[]) =>
    9 * (48 ** 2 * (a! + a! * a!) + 24 ** 2 * (a! * b! + b! * b!) + 12 ** 2 * (b! * c! + c! * c!)) +
    (36 * c! + 7) * 256;
  const times = filters.map((some) => (byHand(some) / byHand(filters[0]!)).toFixed(2));
  assert.deepEqual(
    growth.map(({ name }) => name),
    times.map((factor) => `growth, ${factor}x the multiply-adds`),
  );
});

test('a peer is ahead where its median is better in the same precision, by the fastest of them', () => {
  const row = (peer: string, median: number, unit: Measurement['unit'], precision = 'float32') =>
    ({ ...measurement(`case in ${unit}`, median), peer, unit, precision }) as Measurement;
  const lines = peersAhead([
    row('ferlab', 100, 'images/s'),
    row('slow', 90, 'images/s'),
    row('fast', 150, 'images/s'),
    row('faster', 200, 'images/s'),
    row('elsewhere', 900, 'images/s', 'bfloat16'),
    row('ferlab', 2, 'ms'),
    row('slow', 3, 'ms'),
  ]);
  assert.match(lines.join('\n'), /2 times in all\. In 1 of these/);
  assert.deepEqual(
    lines.filter((line) => line.startsWith('| Case')),
    ['| Case in images/s | float32 | 100 (100 to 100) images/s | faster: 200 (200 to 200) images/s | 2.00 |'],
  );
});
