import { z } from 'zod';
import { FerlabError } from '../errors';
import { type RandomStream, randomStream } from '../random';
import { type Leaf, leafText } from '../run/leaves';

/** Values by the path of their field, such as `learningRate` or `optimizer.weightDecay`. */
export type FieldValues = Readonly<Record<string, unknown>>;

const list = z.array(z.unknown()).min(1);
const range = z
  .strictObject({
    from: z.number(),
    to: z.number(),
    /** `log`: every order of magnitude is as likely. */
    scale: z.enum(['linear', 'log']),
    /** Whole numbers only. */
    whole: z.boolean().optional(),
  })
  .refine(({ from, to }) => from < to, '"from" must be less than "to"')
  .refine(({ from, scale }) => scale === 'linear' || from > 0, 'a range on a log scale starts above 0');

const path = z
  .string()
  .regex(/^[a-zA-Z]+(\.[a-zA-Z0-9]+)?$/, 'a field such as learningRate or optimizer.weightDecay is needed')
  .refine((field) => field !== 'seed', 'seeds stand in "seeds"');

const values = z.record(path, z.union([list, range]));

/** A sweep as it stands in the file of a study. */
export const sweepSchema = z
  .strictObject({
    grid: z.record(path, list).optional(),
    random: z
      .strictObject({
        count: z.int().min(1).max(10_000),
        seed: z.int(),
        values,
      })
      .optional(),
    /** Settings that an optimiser asks for one after the other; the values tell it where to look. */
    search: z.strictObject({ values }).optional(),
    seeds: z.array(z.int()).min(1).optional(),
  })
  .refine(
    ({ grid, random, search }) => [grid, random, search].filter(Boolean).length === 1,
    'one of "grid", "random" and "search" is needed',
  );

export type Sweep = z.infer<typeof sweepSchema>;
type Range = z.infer<typeof range>;

/** Draws of a setting that was drawn before, in a row, after which the ranges are taken as used up. */
const REPEATS = 1000;

/**
 * The settings of a sweep, each with every seed: all combinations of a grid's values, or as many different ones as are
 * asked for, drawn at random and equal for equal seeds of the sweep. Those of a search are not known before.
 * @throws FerlabError when the values hold fewer settings than are asked for
 */
export function expandSweep({ grid, random, seeds }: Sweep): FieldValues[] {
  const settings = grid ? combinations(grid) : random ? drawn(random) : [];
  return settings.flatMap((setting) => withSeeds(setting, seeds));
}

/** A setting with every seed. */
export function withSeeds(setting: FieldValues, seeds: Sweep['seeds']): FieldValues[] {
  return seeds ? seeds.map((seed) => ({ ...setting, seed })) : [setting];
}

/** A setting in words, such as `learningRate 0.1, optimizer.weightDecay 0.0005`. */
export function describeSetting(values: FieldValues): string {
  const words = Object.entries(values).map(([path, value]) => `${path} ${leafText(value as Leaf)}`);
  return words.join(', ') || 'the recipe';
}

function combinations(grid: Readonly<Record<string, readonly unknown[]>>): FieldValues[] {
  return Object.entries(grid).reduce<FieldValues[]>(
    (settings, [path, values]) =>
      settings.flatMap((one) => values.map((value) => ({ ...one, [path]: value }))),
    [{}],
  );
}

function drawn({ count, seed, values }: NonNullable<Sweep['random']>): FieldValues[] {
  const random = randomStream(seed, 'sweep');
  const found = new Map<string, FieldValues>();
  for (let repeats = 0; found.size < count; repeats++) {
    if (repeats === REPEATS) throw tooFew(count, found.size);
    const setting = Object.fromEntries(Object.entries(values).map(([path, of]) => [path, draw(of, random)]));
    const key = JSON.stringify(setting);
    if (found.has(key)) continue;
    found.set(key, setting);
    repeats = 0;
  }
  return [...found.values()];
}

function tooFew(count: number, found: number): FerlabError {
  return new FerlabError(
    `sweep.random: ${count} settings are asked for, but only ${found} different ones were found`,
    {
      remedy: 'ask for fewer, give wider ranges, or list the values in a grid',
    },
  );
}

function draw(of: Range | readonly unknown[], random: RandomStream): unknown {
  if (!('scale' in of)) return of[random.integer(of.length)];
  const { from, to, scale, whole } = of;
  const share = random.uniform();
  const value = scale === 'log' ? from * (to / from) ** share : from + (to - from) * share;
  // Three digits tell settings apart and keep plans readable.
  return whole ? Math.round(value) : Math.min(to, Math.max(from, Number(value.toPrecision(3))));
}
