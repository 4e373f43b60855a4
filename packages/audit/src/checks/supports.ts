import { entryOf } from '../claim/claim';
import { classCapacity } from '../claim/datasets';
import { type Evidence, sum } from '../evidence/evidence';
import type { Certificate, FigureReference } from '../report/report';
import { type Check, conclude, undecided } from './check';

/** Items of a class as printed: its support, or the counts of its row. */
interface PrintedCount {
  readonly label: string;
  readonly count: number;
  readonly reference: FigureReference;
}

/** The printed supports, or else the sums of the printed rows of counts; none that a reading sets aside. */
function printedCounts({ claim, reading, classes }: Evidence): PrintedCount[] {
  return classes.flatMap((label): PrintedCount[] => {
    const support = reading.supports === 'as printed' ? entryOf(claim.supports, label) : undefined;
    if (support !== undefined) {
      const text = String(support);
      return [
        {
          label,
          count: support,
          reference: { field: `supports.${label}`, meaning: `support of ${label}`, text },
        },
      ];
    }
    const row = claim.confusion?.normalised === 'counts' ? entryOf(claim.confusion.rows, label) : undefined;
    const counts = row?.filter((cell) => typeof cell === 'number') ?? [];
    if (!row || counts.length < row.length || claim.aggregation?.kind === 'runs') return [];
    const reference = {
      field: `confusion.rows.${label}`,
      meaning: `row of ${label}`,
      text: counts.join(' '),
    };
    return [{ label, count: sum(counts), reference }];
  });
}

function totalReference(evidence: Evidence): FigureReference {
  return { field: 'n', meaning: 'number of items', text: String(evidence.claim.n) };
}

export const supportSum: Check = {
  id: 'support-sum',
  title: 'Supports add up to the number of items',
  rule: 'Every item has exactly one true class, so the supports of all classes add up to n.',
  source: 'definition of a confusion matrix with one label per item',
  run(evidence) {
    const { n } = evidence.claim;
    const counts = printedCounts(evidence);
    if (counts.length === 0 || n === undefined) return undecided('needs the supports and n');
    const total = sum(counts.map(({ count }) => count));
    const complete = counts.length === evidence.classes.length;
    const failures: Certificate[] = [];
    if (complete ? total !== n : total > n) {
      const figures = [...counts.map(({ reference }) => reference), totalReference(evidence)];
      const statement = `the supports add up to ${total}, not to ${n}`;
      failures.push({ figures, statement, minimality: 'smallest' });
    }
    const missing = `${counts.length} of ${evidence.classes.length} supports are printed`;
    return conclude(failures, complete ? 1 : 0, { ok: `the supports add up to ${n}`, missing });
  },
};

export const capacity: Check = {
  id: 'capacity',
  title: 'The data set has as many items',
  rule: 'Without copies, no more items of a class can be evaluated than the data set (or its named part) holds.',
  source: "the data sets' official counts",
  run(evidence) {
    const { dataset, capacity: part, claim } = evidence;
    if (!dataset || !part) return undecided('needs a data set with built-in counts');
    const where = claim.part ? `${dataset.name} ${claim.part}` : dataset.name;
    const failures: Certificate[] = [];
    let tried = 0;
    for (const { label, count, reference } of printedCounts(evidence)) {
      const held = classCapacity(part, label);
      if (held === undefined) continue;
      tried++;
      if (count <= held) continue;
      const statement = `${count} items of ${label}, but ${where} holds ${held} (${dataset.source})`;
      failures.push({ figures: [reference], statement, minimality: 'smallest' });
    }
    if (claim.n !== undefined) tried++;
    if (claim.n !== undefined && claim.n > part.total) {
      const statement = `${claim.n} items, but ${where} holds ${part.total} (${dataset.source})`;
      failures.push({ figures: [totalReference(evidence)], statement, minimality: 'smallest' });
    }
    return conclude(failures, tried, { ok: `${where} holds them`, missing: 'needs supports or n' });
  },
};
