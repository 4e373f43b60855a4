import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TrainingLog } from '../../src/export/tensorboard/training-log';
import { temporaryFolder } from '../temporary';
import { tinyConfig } from '../train/tiny';

/** CRC-32C bit by bit (RFC 3720), as TFRecord masks it. */
function maskedCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  const value = ~crc >>> 0;
  return (((value >>> 15) | (value << 17)) + 0xa282ead8) >>> 0;
}

function recordsOf(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    const bytes = file.subarray(at + 12, at + 12 + length);
    assert.equal(file.readUInt32LE(at + 8), maskedCrc(file.subarray(at, at + 8)));
    assert.equal(file.readUInt32LE(at + 12 + length), maskedCrc(bytes));
    records.push(bytes);
    at += 16 + length;
  }
  return records;
}

type Field = number | Buffer;
type Message = ReadonlyMap<number, readonly Field[]>;

/** Reads Protocol Buffers without a schema: by number, floats and doubles as numbers. */
function fieldsOf(bytes: Buffer): Message {
  const fields = new Map<number, Field[]>();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const take = (size: number) => {
    at += size;
    return bytes.subarray(at - size, at);
  };
  const read = [
    varint,
    () => take(8).readDoubleLE(),
    () => take(varint()),
    null,
    null,
    () => take(4).readFloatLE(),
  ];
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    fields.set(number, [...(fields.get(number) ?? []), read[key % 8]!()]);
  }
  return fields;
}

const child = (message: Message, number: number) => fieldsOf(message.get(number)![0] as Buffer);
const text = (message: Message, number: number) => String(message.get(number)![0]);

/** Step and values of an event: event.proto and summary.proto. */
function valuesOf(event: Message) {
  const step = event.get(2)?.[0] ?? 0;
  const values = child(event, 5)
    .get(1)!
    .map((value) => fieldsOf(value as Buffer));
  return values.map((value) => ({ step, tag: text(value, 1), value }));
}

const HISTORY = [1, 2, 3].map((epoch) => ({
  ...{ epoch, loss: 1 / epoch, accuracy: 0.1 * epoch, valLoss: 2 / epoch, valAccuracy: 0.2 * epoch },
  learningRate: 0.001 * epoch,
}));

test('a log holds each epoch once, the pictures, and the settings in their types', (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'events.out.tfevents.1.1.ferlab'), 'of an earlier training');
  writeFileSync(join(folder, 'kept.txt'), 'of somebody else');
  const before = Date.now() / 1000;
  const config = tinyConfig();
  const log = new TrainingLog(folder, config);
  log.update(HISTORY.slice(0, 1));
  log.update(HISTORY.slice(0, 1));
  log.update(HISTORY);
  log.addPicture('matrix', 2, { width: 40, height: 30, png: Buffer.from('png') });
  log.end();
  const names = readdirSync(folder).filter((name) => name !== 'kept.txt');
  assert.equal(names.length, 1);
  assert.match(names[0]!, new RegExp(`^events\\.out\\.tfevents\\.\\d{10}\\.${process.pid}\\.ferlab$`));
  const [first, ...events] = recordsOf(readFileSync(join(folder, names[0]!))).map(fieldsOf);
  assert.equal(text(first!, 3), 'brain.Event:2');
  for (const event of events) {
    const time = event.get(1)![0] as number;
    assert.ok(time >= before && time <= Date.now() / 1000, String(time));
  }
  const [started, ...rest] = events.map(valuesOf);
  const scalars = rest
    .slice(0, 3)
    .flat()
    .map(({ step, tag, value }) => [step, tag, value.get(2)![0]]);
  const expected = HISTORY.flatMap(({ epoch, ...result }) => [
    [epoch, 'loss/training', Math.fround(result.loss)],
    [epoch, 'loss/validation', Math.fround(result.valLoss)],
    [epoch, 'accuracy/training', Math.fround(result.accuracy)],
    [epoch, 'accuracy/validation', Math.fround(result.valAccuracy)],
    [epoch, 'learning rate', Math.fround(result.learningRate)],
  ]);
  assert.deepEqual(scalars, expected);

  const [picture] = rest[3]!;
  assert.deepEqual([picture!.step, picture!.tag], [2, 'matrix']);
  const image = child(picture!.value, 4);
  assert.deepEqual([image.get(1), image.get(2), image.get(3)], [[30], [40], [3]]);
  assert.equal(text(image, 4), 'png');

  const plugin = ({ tag, value }: ReturnType<typeof valuesOf>[number]) => {
    const data = child(child(value, 9), 1);
    assert.equal(text(data, 1), 'hparams');
    assert.equal(child(value, 8).get(1)![0], 1); // a tensor of float32
    return { tag, data: child(data, 2) };
  };
  const end = plugin(rest[4]![0]!);
  assert.equal(end.tag, '_hparams_/session_end_info');
  assert.equal(child(end.data, 4).get(1)![0], 1); // it ended well
  assert.ok((child(end.data, 4).get(2)![0] as number) >= before);
  const start = plugin(started![0]!);
  assert.equal(start.tag, '_hparams_/session_start_info');
  const session = child(start.data, 3);
  assert.ok((session.get(5)![0] as number) >= before);
  const settings = new Map(
    session.get(1)!.map((entry) => {
      const pair = fieldsOf(entry as Buffer);
      return [text(pair, 1), child(pair, 2)] as const;
    }),
  );
  assert.equal(settings.get('learningRate')!.get(2)![0], config.learningRate);
  assert.equal(text(settings.get('optimizer.kind')!, 3), config.optimizer.kind);
  assert.equal(settings.get('augmentation.flip')!.get(4)![0], Number(config.augmentation.flip));
  assert.equal(text(settings.get('imageSizes')!, 3), JSON.stringify(config.imageSizes));
});
