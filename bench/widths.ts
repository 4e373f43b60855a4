// Which operations suffer from widths that are no multiples of 16: npm run bench:widths -- --help

import { Command } from 'commander';
import { Device, type NativeTensor } from '../src/engine/device';
import { batchNormGradient, batchNormTraining } from '../src/engine/operations/batch-norm';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from '../src/engine/operations/convolution';
import { maxPool, maxPoolGradient } from '../src/engine/operations/pooling';
import { randomStream } from '../src/random';
import { describeEnvironment } from '../src/run/environment';
import { positive } from './flags';
import type { WidthResults } from './recorded';
import { commandLine, publish, saveResults } from './results';

const WIDTHS = [48, 45, 44, 40, 32];
const BATCH = 32;
const SIDE = 48;
const NORM = { epsilon: 1e-3, momentum: 0.9, relu: true };
const POOL = { size: 2, stride: 2 };

type Work = () => readonly (NativeTensor | null)[];

/** Least processor time of `repeats`: unlike the wall's, it hardly changes when other work shares the machine. */
function processorTime(work: Work, repeats: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < repeats; i++) {
    const start = process.cpuUsage();
    const made = work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
    for (const tensor of made) tensor?.release();
  }
  return Math.round(10 * least) / 10;
}

/** The operations of one convolution block with as many channels in as out, float32. */
function operations(device: Device, width: number): Record<string, Work> {
  const stream = randomStream(0, 'widths', width);
  const noise = (...shape: number[]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return device.upload(
      Float32Array.from({ length: size }, () => stream.uniform()),
      shape,
    );
  };
  const [x, dy] = [noise(BATCH, SIDE, SIDE, width), noise(BATCH, SIDE, SIDE, width)];
  const [filter, scale] = [noise(3, 3, width, width), noise(width)];
  const parameters = [scale, scale, scale, scale];
  const { reserved } = batchNormTraining(x, parameters, NORM);
  const pooled = { x, ...maxPool(x, POOL) };
  return {
    convolution: () => [conv2d(x, { filter }, 1)],
    'its gradient by the input': () => [conv2dInputGradient(dy, filter, { shape: x.shape, stride: 1 })],
    'its gradient by the filter': () => [conv2dFilterGradient(dy, x, { shape: filter.shape, stride: 1 })],
    'batch norm with ReLU': () => {
      const { y, mean, variance, reserved: scratch } = batchNormTraining(x, parameters, NORM);
      return [y, mean, variance, ...scratch];
    },
    'gradient of the batch norm': () =>
      Object.values(batchNormGradient(dy, x, scale, { reserved, epsilon: NORM.epsilon })),
    'max pooling': () => Object.values(maxPool(x, POOL)),
    'its gradient': () => [maxPoolGradient(pooled.y, pooled, POOL)],
  };
}

function main(out: string, repeats: number): void {
  const device = new Device();
  const results: WidthResults = {
    measuredAt: new Date().toISOString(),
    command: commandLine('bench:widths'),
    environment: describeEnvironment(),
    shape: [BATCH, SIDE, SIDE],
    repeats,
    measurements: WIDTHS.map((width) => ({
      width,
      milliseconds: Object.fromEntries(
        Object.entries(operations(device, width)).map(([name, work]) => [name, processorTime(work, repeats)]),
      ),
    })),
  };
  saveResults(out, 'widths', results);
  process.stdout.write(publish(out));
}

const flags = new Command('bench:widths')
  .description('Times the operations of one convolution block at several widths, in processor time.')
  .option('--repeat <n>', 'repetitions of each operation; the least counts', positive, 10)
  .option('--out <folder>', 'where widths.json and README.md go', __dirname)
  .parse()
  .opts<{ repeat: number; out: string }>();

main(flags.out, flags.repeat);
