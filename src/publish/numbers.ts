/** A number with the path of its field, such as `test.metrics.accuracy`. */
export interface NamedNumber {
  readonly name: string;
  readonly value: number;
}

/** All numbers of a document, depth first. */
export function listNumbers(value: unknown, name = ''): NamedNumber[] {
  if (typeof value === 'number') return [{ name, value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, field]) => listNumbers(field, name ? `${name}.${key}` : key));
}
