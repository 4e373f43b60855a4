import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { buf as crc32c } from 'crc-32/crc32c';
import { explainWriteFailure } from '../../write-whole';
import { encodeMessage } from './messages';

/** One value of a step: a number, a picture, or what a plugin keeps. Fields as in TensorFlow's summary.proto. */
export interface EventValue {
  readonly tag: string;
  readonly simple_value?: number;
  readonly image?: object;
  readonly tensor?: object;
  readonly metadata?: object;
}

/** A file of events that TensorBoard follows while it grows. */
export class EventFile {
  constructor(readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#append({ file_version: 'brain.Event:2' });
  }

  /** @throws FerlabError when the disk is full */
  add(step: number, value: readonly EventValue[]): void {
    this.#append({ step, summary: { value } });
  }

  #append(event: object): void {
    try {
      appendFileSync(this.path, framed(encodeMessage('Event', { wall_time: Date.now() / 1000, ...event })));
    } catch (error) {
      throw explainWriteFailure(this.path, error, 'train on with --resume, without --tensorboard');
    }
  }
}

/** A record as TensorFlow's TFRecord files hold it: length, its checksum, the bytes, their checksum. */
function framed(bytes: Uint8Array): Buffer {
  const frame = Buffer.alloc(16 + bytes.length);
  frame.writeBigUInt64LE(BigInt(bytes.length));
  frame.writeUInt32LE(maskedChecksum(frame.subarray(0, 8)), 8);
  frame.set(bytes, 12);
  frame.writeUInt32LE(maskedChecksum(bytes), 12 + bytes.length);
  return frame;
}

/** CRC-32C, turned right by 15 bits plus a constant, so that checksums of texts that hold checksums stay good. */
function maskedChecksum(bytes: Uint8Array): number {
  const checksum = crc32c(bytes) >>> 0;
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
