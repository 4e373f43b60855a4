/** What one check of a protocol comes to. */
export interface ProtocolFinding {
  readonly check: 'copies' | 'subjects' | 'preprocessing' | 'order';
  /** `leak`: something of the test part, or of what chose it, was known before; `open`: it can't be told. */
  readonly verdict: 'leak' | 'clean' | 'open' | 'not checked';
  /** What was found, in a sentence without its end. */
  readonly text: string;
  /** Images, people or operations that show it, the first ones. */
  readonly examples: readonly string[];
}

/** Examples in a report as text. */
export const MOST_EXAMPLES = 5;

/** The first of some examples, the others counted. */
export function firstExamples(examples: readonly string[]): string[] {
  const rest = examples.length - MOST_EXAMPLES;
  return rest > 0 ? [...examples.slice(0, MOST_EXAMPLES), `and ${rest} more`] : [...examples];
}
