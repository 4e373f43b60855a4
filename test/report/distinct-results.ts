import type { Results } from '../../src/evaluate/results';
import { fakeResults } from './fake-run';

const MODULUS = 9973; // prime: no share occurs twice

/** Numbers that occur once: shares between 0 and 1, and counts. */
class Distinct {
  #next: number;

  /** @param start of the shares; sets of results with other starts have other numbers */
  constructor(start: number) {
    this.#next = start;
  }

  share(): number {
    this.#next++;
    return ((this.#next * 1237) % MODULUS) / MODULUS;
  }

  count(): number {
    this.#next++;
    return 100 + 3 * this.#next;
  }
}

/** The same structure with a number of its own in each place; counts stay whole. */
function renumber<T>(value: T, distinct: Distinct): T {
  if (typeof value === 'number') return (Number.isInteger(value) ? distinct.count() : distinct.share()) as T;
  if (Array.isArray(value)) return value.map((item) => renumber(item, distinct)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, renumber(field, distinct)]),
  ) as T;
}

/** What a metric of 0 or 1 would hide: every share of the numbers before renumbering has a fraction. */
const isCount = /^(support|predicted|count|part)$/;

function withFractions(value: unknown, key = '', within = ''): unknown {
  if (typeof value === 'number') {
    return isCount.test(key) || within === 'confusion' ? Math.max(1, Math.round(value)) : 0.5;
  }
  if (Array.isArray(value))
    return value.map((item) => withFractions(item, key, key === 'confusion' ? key : within));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, withFractions(field, name, within)]),
  );
}

/**
 * Results of which no two numbers are equal, not even where they should be: a cell or a bar that shows the wrong one is
 * seen. They belong to no classifier that could exist.
 */
export function distinctResults(parent: string, { seed, start }: { seed: number; start: number }): Results {
  const results = fakeResults(parent, { seed, epochs: 5, copies: 300 });
  const distinct = new Distinct(start);
  const { validation, test, tempered } = results;
  const numbers = renumber(withFractions({ validation, test, tempered }), distinct) as Pick<
    Results,
    'validation' | 'test' | 'tempered'
  >;
  const training = results.training!;
  const history = training.history.map((epoch) => ({
    ...epoch,
    loss: 1 + distinct.share(),
    accuracy: distinct.share(),
    valLoss: 2 + distinct.share(),
    valAccuracy: distinct.share(),
  }));
  const record = {
    ...training.record,
    bestEpoch: 3,
    parameters: 1_234_567 + seed,
    trainingSeconds: 4567 + seed,
    counts: { training: 20_011, validation: numbers.validation.count, test: numbers.test.count },
  };
  return { ...results, ...numbers, training: { ...training, history, record } };
}
