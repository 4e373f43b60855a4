import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { FerlabError } from '../errors';
import { loadConfig, type RunConfig, settingHash } from '../run/config';
import { loadJson } from '../run/json-file';
import { leavesByPath } from '../run/leaves';
import { buildConfig } from '../run/profiles';
import { foldersIn, runFiles, runsFolder } from '../run/run-folder';
import { problemsOf } from '../zod-problems';
import { describeSetting, expandSweep, type FieldValues, type Sweep, sweepSchema, withSeeds } from './sweep';

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

/** A study whose settings an optimiser asks for. Its variants are those that were begun. */
export interface SettingSearch extends Study {
  /** The fields that a setting gives. */
  readonly fields: readonly string[];
  /** The runs of a setting, one a seed. @throws FerlabError when a value is out of range */
  variantsOf(setting: FieldValues): Variant[];
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
 * variant sets besides: listed one by one, or as a sweep. See `studies/`. A sweep that is a search makes a {@link SettingSearch}.
 * @throws FerlabError naming the fields that are wrong, or a name that stands twice
 */
export function loadStudy(path: string): Study | SettingSearch {
  const result = schema.safeParse(loadJson(path, 'name a study as JSON, such as those in studies/'));
  if (!result.success) {
    const problems = problemsOf(result.error, 'study');
    throw new FerlabError(`${path}: ${problems.join('; ')}`, { remedy: 'correct the fields that are named' });
  }
  const { title, protocol, profile, set = {}, variants, sweep } = result.data;
  const common = merge(buildConfig(profile), set as Settings);
  const build = (change: Settings) => buildConfig(profile, merge(common, change));
  const head = { name: basename(path, '.json'), title, protocol };
  if (sweep?.search) return searchOf(head, sweep, build);
  const all = sweep
    ? expandSweep(sweep).map((values) => sweptVariant(values, build))
    : variants!.map(({ name, change, set }) => ({ name, change, config: build((set ?? {}) as Settings) }));
  checkNames(
    path,
    all.map((variant) => variant.name),
  );
  return { ...head, variants: all };
}

type Build = (change: Settings) => RunConfig;

/** A run of a sweep; the hash in its name is that of the configuration without its seed. */
function sweptVariant(values: FieldValues, build: Build): Variant {
  const config = build(nested(values));
  return { name: `${settingHash(config)}-seed${config.seed}`, change: describeSetting(values), config };
}

function searchOf(
  head: Pick<Study, 'name' | 'title' | 'protocol'>,
  sweep: Sweep,
  build: Build,
): SettingSearch {
  const fields = Object.keys(sweep.search!.values);
  return {
    ...head,
    fields,
    variants: begunVariants(head.name, fields),
    variantsOf: (setting) => withSeeds(setting, sweep.seeds).map((values) => sweptVariant(values, build)),
  };
}

/** The runs that lie in a search's folder. */
function begunVariants(study: string, fields: readonly string[]): Variant[] {
  const folders = foldersIn(join(runsFolder(), study)).filter((folder) =>
    existsSync(runFiles(folder).config),
  );
  return folders.map((folder) => {
    const config = loadConfig(runFiles(folder).config);
    const leaves = leavesByPath(config);
    const values = Object.fromEntries([...fields, 'seed'].map((field) => [field, leaves[field]]));
    return { name: basename(folder), change: describeSetting(values), config };
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
