import type { Field } from './fields';

/**
 * The next set of at most `size` fields that has one of every contradiction, and was not tried; undefined when there is
 * none. Whatever makes a claim fit changes such a set, so that no smaller one is a proof that more changes are needed.
 * @param contradictions sets of fields, one of which must be changed
 * @param tried names of the sets that were tried, see `nameOf`
 */
export function nextHittingSet(
  contradictions: readonly (readonly Field[])[],
  size: number,
  tried: ReadonlySet<string>,
): Field[] | undefined {
  const seen = new Set<string>();
  const search = (chosen: readonly Field[]): Field[] | undefined => {
    const name = nameOf(chosen);
    if (seen.has(name)) return undefined;
    seen.add(name);
    const open = contradictions.find((fields) => !fields.some((field) => chosen.includes(field)));
    if (!open) return chosen.length > 0 && !tried.has(name) ? [...chosen] : undefined;
    if (chosen.length === size) return undefined;
    for (const field of open) {
      const found = search([...chosen, field]);
      if (found) return found;
    }
    return undefined;
  };
  return search([]);
}

/** A name of a set of fields, whatever their order. */
export function nameOf(fields: readonly Field[]): string {
  return [...fields].sort().join('|');
}
