import { configHash, type RunConfig } from './config';

/** Fields of two configurations that differ, such as `epochs (6 there, 10 here)`. */
export function describeDifferences(there: RunConfig, here: RunConfig): string[] {
  if (configHash(there) === configHash(here)) return [];
  const [before, now] = [flatten(there), flatten(here)];
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return names
    .filter((name) => before.get(name) !== now.get(name))
    .map((name) => `${name} (${before.get(name) ?? 'none'} there, ${now.get(name) ?? 'none'} here)`);
}

function flatten(value: object, prefix = ''): Map<string, unknown> {
  const entries = Object.entries(value).flatMap(([name, field]): [string, unknown][] =>
    field && typeof field === 'object'
      ? [...flatten(field, `${prefix}${name}.`)]
      : [[`${prefix}${name}`, field]],
  );
  return new Map(entries);
}
