import { column, type ReportTable } from '../report/table';
import type { SiteModel } from './content';

interface Setting {
  readonly path: string;
  /** By model; empty where a model has no such setting. */
  readonly values: readonly string[];
}

/** Each setting of some models' configurations that is not the same for all of them. */
export function tableSettings(models: readonly SiteModel[]): ReportTable<Setting> {
  const configs = models.map(({ run }) => (run.kind === 'network' ? flatten(run.record.config) : new Map()));
  const paths = [...new Set(configs.flatMap((config) => [...config.keys()]))];
  const settings = paths.map((path) => ({ path, values: configs.map((config) => config.get(path) ?? '') }));
  return {
    title: 'Settings that differ',
    columns: [
      column('Setting', ({ path }) => path),
      ...models.map(({ name }, at) => column<Setting>(name, ({ values }) => values[at])),
    ],
    rows: settings.filter(({ values }) => new Set(values).size > 1),
    notes: ['An ensemble has no settings of its own; see its members.'],
  };
}

/** The leaves of a value by their path, such as `optimizer.weightDecay`. */
function flatten(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, field]) => [...flatten(field, path ? `${path}.${key}` : key)]),
  );
}
