import type { SiteModel } from '../content';

/** The settings of a network by their path, such as `optimizer.weightDecay`; of an ensemble its members. */
export function settingsOf({ run: { record } }: SiteModel): Record<string, string> {
  const { counts, parameters } = record;
  const settings = record.kind === 'network' ? { ...record.config, precision: record.precision } : {};
  const members = record.kind === 'ensemble' ? { members: record.members.join(', ') } : {};
  return Object.fromEntries(
    flatten({ ...settings, ...members, parameters, counts, data: record.dataset.sha256 }),
  );
}

/** The leaves of a value by their path. */
function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, field]) => flatten(field, path ? `${path}.${key}` : key));
}
