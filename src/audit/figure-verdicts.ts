import type { AuditReport, Certificate } from '@ferlab/audit';

/** What the audit says of one printed figure. */
export interface FigureVerdict {
  /** Readings under which the figure enters a contradiction, and all readings. */
  readonly contradicted: number;
  readonly readings: number;
  /** The contradiction of the fewest figures that it enters; null where it enters none. */
  readonly smallest: string | null;
}

/** The verdicts by the path of each figure in the claim, such as `perClass.recall.Happiness`. */
export function figureVerdicts({ readings }: AuditReport): ReadonlyMap<string, FigureVerdict> {
  const entered = new Map<string, { readings: Set<number>; smallest: Certificate }>();
  for (const [number, { checks }] of readings.entries()) {
    for (const certificate of checks.flatMap(({ certificates }) => certificates)) {
      for (const { field } of certificate.figures) {
        const known = entered.get(field);
        if (!known) entered.set(field, { readings: new Set([number]), smallest: certificate });
        else {
          known.readings.add(number);
          if (certificate.figures.length < known.smallest.figures.length) known.smallest = certificate;
        }
      }
    }
  }
  return new Map(
    [...entered].map(([field, { readings: found, smallest }]) => [
      field,
      { contradicted: found.size, readings: readings.length, smallest: smallest.statement },
    ]),
  );
}

/** The verdict in a few words. */
export function describeVerdict(verdict: FigureVerdict | undefined): string {
  if (!verdict) return 'no contradiction found';
  return `contradicted under ${verdict.contradicted} of ${verdict.readings} readings`;
}
