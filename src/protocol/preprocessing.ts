import { imageBlocks } from '../dataset/image-source';
import { partWithRole, pixelsPerImage } from '../dataset/spec';
import { FerlabError } from '../errors';
import type { ProtocolFinding } from './finding';
import type { ProtocolImages } from './images';

/** Mean and standard deviation of all pixels, as printed. */
export interface PrintedStatistics {
  readonly mean: string;
  readonly deviation: string;
}

/** Parses `0.508,0.255`. @throws FerlabError for anything else */
export function parseStatistics(text: string): PrintedStatistics {
  const [, mean, deviation] = /^\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
  if (mean !== undefined && deviation !== undefined) return { mean, deviation };
  throw new FerlabError(`"${text}" is not a mean and a standard deviation`, {
    remedy: 'give both with all printed digits and a comma between them, such as 0.508,0.255',
  });
}

/** Sums over the pixels of one part. */
interface Sums {
  readonly pixels: number;
  readonly sum: number;
  readonly squares: number;
}

/** Tells from which parts the mean and the standard deviation of a normalisation were computed. */
export function checkPreprocessing(
  images: ProtocolImages,
  printed: PrintedStatistics | null,
): ProtocolFinding {
  const base = { check: 'preprocessing', examples: [] } as const;
  if (!printed)
    return {
      ...base,
      verdict: 'not checked',
      text: 'no statistics of a normalisation were given (--normalised-with)',
    };
  const sums = sumsByPart(images);
  const training = partWithRole(images.spec, 'training');
  const others = [...sums.keys()].filter((part) => part !== training && sums[part]!.pixels > 0);
  const nameOf = (part: number) => images.spec.parts[part]!.name;
  const fits = (parts: readonly number[]) => fit(add(parts.map((part) => sums[part]!)), printed);
  const sets = [
    [training, ...others],
    ...others.map((part) => [training, part]),
    ...others.map((part) => [part]),
  ];
  const leaky = sets.filter(fits).map((parts) => parts.map(nameOf).join(' and '));
  const isTraining = fits([training]);
  const figures = `mean ${printed.mean} and deviation ${printed.deviation}`;
  if (isTraining && leaky.length === 0)
    return { ...base, verdict: 'clean', text: `${figures} are those of ${nameOf(training)} alone` };
  if (isTraining)
    return {
      ...base,
      verdict: 'open',
      text: `${figures} are those of ${nameOf(training)}, and to these digits also those of ${leaky[0]}`,
    };
  if (leaky.length > 0)
    return {
      ...base,
      verdict: 'leak',
      text: `${figures} are those of ${leaky[0]}, not of ${nameOf(training)} alone`,
    };
  return { ...base, verdict: 'open', text: `${figures} are those of no part and of no parts together` };
}

function sumsByPart(images: ProtocolImages): Sums[] {
  const sums = images.spec.parts.map(() => ({ pixels: 0, sum: 0, squares: 0 }));
  const size = pixelsPerImage(images.spec);
  let row = 0;
  for (const block of imageBlocks(images)) {
    for (let at = 0; at < block.length; at += size, row++) {
      const own = sums[images.usages[row]!]!;
      own.pixels += size;
      for (let i = at; i < at + size; i++) {
        own.sum += block[i]!;
        own.squares += block[i]! ** 2;
      }
    }
  }
  return sums;
}

const add = (some: readonly Sums[]): Sums =>
  some.reduce((a, b) => ({
    pixels: a.pixels + b.pixels,
    sum: a.sum + b.sum,
    squares: a.squares + b.squares,
  }));

/** Whether the pixels have these statistics when they are rounded as printed, as grey levels or as shares of white. */
function fit({ pixels, sum, squares }: Sums, { mean, deviation }: PrintedStatistics): boolean {
  const middle = sum / pixels;
  const spread = Math.sqrt(squares / pixels - middle ** 2);
  const isPrinted = (value: number, text: string) => {
    const digits = text.split('.')[1]?.length ?? 0;
    return Math.abs(value - Number(text)) <= 0.5 * 10 ** -digits + 1e-9;
  };
  return [1, 255].some((scale) => isPrinted(middle / scale, mean) && isPrinted(spread / scale, deviation));
}
