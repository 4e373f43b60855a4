import { basename } from 'node:path';
import { z } from 'zod';
import { FerlabError } from '../errors';
import { type RunConfig, settingHash } from '../run/config';
import { loadJson } from '../run/json-file';
import { buildConfig } from '../run/profiles';
import { problemsOf } from '../zod-problems';
import { describeSetting, expandSweep, type FieldValues, type Sweep, sweepSchema } from './sweep';

/** Fields of a configuration to replace; those of `augmentation` and `optimizer` one by one. */
type Settings = Partial<Omit<RunConfig, 'augmentation' | 'optimizer'>> & {
  readonly augmentation?: Partial<RunConfig['augmentation']>;
  readonly optimizer?: Partial<RunConfig['optimizer']>;
};

/** One run of a study. */
export interface Variant {
  /** Name of the run's folder. */
  readonly name: string;
  /** What is different, in words. */
  readonly change: string;
  readonly config: RunConfig;
}

/** Trainings that are compared with the first of them, on the validation part. */
export interface Study {
  /** Name of its file without `.json`. */
  readonly name: string;
  readonly title: string;
  /** What is common to all of them, in words. */
  readonly protocol: string;
  readonly variants: readonly Variant[];
}

const name = z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens are needed');
const group = z.record(z.string(), z.unknown());
/** What the fields may hold, the configuration's own schema checks; that the two groups are groups is checked here. */
const settings = z.looseObject({ augmentation: group.optional(), optimizer: group.optional() });
const schema = z
  .strictObject({
    format: z.literal('ferlab-study-1').optional(),
    title: z.string().min(1),
    protocol: z.string().min(1),
    profile: name,
    set: settings.optional(),
    variants: z
      .array(z.strictObject({ name, change: z.string().min(1), set: settings.optional() }))
      .min(1)
      .optional(),
    sweep: sweepSchema.optional(),
  })
  .refine(({ variants, sweep }) => !variants !== !sweep, 'either "variants" or "sweep" is needed');

/**
 * Reads a study: a title, the profile that all variants start from with the settings that they share, and what each
 * variant sets besides: listed one by one, or as a sweep. See `studies/`.
 * @throws FerlabError naming the fields that are wrong, or a name that stands twice
 */
export function loadStudy(path: string): Study {
  const result = schema.safeParse(loadJson(path, 'name a study as JSON, such as those in studies/'));
  if (!result.success) {
    const problems = problemsOf(result.error, 'study');
    throw new FerlabError(`${path}: ${problems.join('; ')}`, { remedy: 'correct the fields that are named' });
  }
  const { title, protocol, profile, set = {}, variants, sweep } = result.data;
  const common = merge(buildConfig(profile), set as Settings);
  const build = (change: Settings) => buildConfig(profile, merge(common, change));
  const all = sweep
    ? sweptVariants(sweep, build)
    : variants!.map((one) => ({ ...one, config: build((one.set ?? {}) as Settings) }));
  checkNames(
    path,
    all.map((variant) => variant.name),
  );
  return {
    name: basename(path, '.json'),
    title,
    protocol,
    variants: all.map(({ name, change, config }) => ({ name, change, config })),
  };
}

/** Variants of a sweep; the hash in the name is that of the configuration without its seed. */
function sweptVariants(sweep: Sweep, build: (change: Settings) => RunConfig): Variant[] {
  return expandSweep(sweep).map((values) => {
    const config = build(nested(values));
    const name = `${settingHash(config)}-seed${config.seed}`;
    return { name, change: describeSetting(values), config };
  });
}

/** Settings of values by path; the path of a field in a group is `group.field`. */
function nested(values: FieldValues): Settings {
  const settings: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const [group, field] = path.split('.', 2) as [string, string?];
    settings[group] = field === undefined ? value : { ...(settings[group] as object), [field]: value };
  }
  return settings as Settings;
}

function merge(config: RunConfig, { augmentation, optimizer, ...fields }: Settings): RunConfig {
  const isOther = optimizer?.kind !== undefined && optimizer.kind !== config.optimizer.kind;
  return {
    ...config,
    ...fields,
    augmentation: { ...config.augmentation, ...augmentation },
    optimizer: { ...(isOther ? {} : config.optimizer), ...optimizer } as RunConfig['optimizer'],
  };
}

function checkNames(path: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new FerlabError(`${path}: variants: two variants have the name "${twice}"`, {
    remedy: 'give each variant its own name, which also names the folder of its run',
  });
}
