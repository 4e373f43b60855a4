import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { buildSample } from '../../src/dataset/sample';
import { ferlab } from '../cli/ferlab';
import { temporaryFolder } from '../temporary';

test('check-protocol compares two folders of pictures, and its exit status tells leaks from faults', async (t) => {
  const folder = temporaryFolder(t);
  const { images } = buildSample({ seed: 5 });
  const save = async (name: string, row: number, mirror = false) => {
    const raw = { width: 48, height: 48, channels: 1 } as const;
    const picture = sharp(images.slice(row * 2304, (row + 1) * 2304), { raw }).flop(mirror);
    await picture.png().toFile(join(folder, name));
  };
  for (const part of ['train', 'test', 'other']) mkdirSync(join(folder, part));
  for (const [i, row] of [0, 300, 600].entries()) await save(`train/person${i}_a.png`, row);
  for (const [i, row] of [900, 1200].entries()) await save(`other/person${i + 7}_a.png`, row);
  await save('test/person1_b.png', 300, true);
  await save('test/person8_a.png', 1200);
  const [training, leaky, clean] = ['train', 'test', 'other'].map((part) => join(folder, part)) as [
    string,
    string,
    string,
  ];

  const found = ferlab('check-protocol', '--training', training, '--test', leaky, '--json');
  assert.equal(found.status, 6, found.stderr);
  const report = JSON.parse(found.stdout);
  assert.deepEqual(report.copies, [
    {
      ...{ kind: 'mirrored', image: join(leaky, 'person1_b.png'), part: 'test' },
      ...{ copy: join(training, 'person1_a.png'), inPart: 'training' },
    },
  ]);
  assert.match(JSON.stringify(report.findings), /1 in training and test/);

  const honest = ferlab('check-protocol', '--training', training, '--test', clean);
  assert.equal(honest.status, 0, honest.stderr);
  assert.match(honest.stdout, /no leak was found/);

  const record = join(folder, 'record.json');
  const operations = [
    { operation: 'augment', on: ['all'] },
    { operation: 'split', on: ['all'] },
  ];
  writeFileSync(record, JSON.stringify({ format: 'ferlab-protocol-1', operations }));
  const order = ferlab('check-protocol', '--training', training, '--test', clean, '--record', record);
  assert.equal(order.status, 6, order.stderr);
  assert.match(order.stdout, /augment before the split/);

  assert.equal(ferlab('check-protocol', '--training', training).status, 2);
  assert.equal(ferlab('check-protocol', '--training', training, '--test', join(folder, 'none')).status, 2);
});
