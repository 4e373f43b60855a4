/** A setting that is no group of others; lists are whole. */
export type Leaf = string | number | boolean | null | readonly unknown[];

/**
 * The settings of nested groups by their path, such as `optimizer.weightDecay`. Fields without a value are left out.
 * @param groups of plain values, as JSON holds them
 */
export function leavesByPath(groups: object, prefix = ''): Record<string, Leaf> {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([name, value]): [string, Leaf][] => {
      if (value === undefined) return [];
      const path = prefix + name;
      const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isGroup ? Object.entries(leavesByPath(value, `${path}.`)) : [[path, value]];
    }),
  );
}

/** A setting as text: lists as JSON. */
export function leafText(leaf: Leaf): string {
  return typeof leaf === 'string' ? leaf : JSON.stringify(leaf);
}
