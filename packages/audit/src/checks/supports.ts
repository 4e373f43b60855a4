import { classCapacity } from '../claim/datasets';
import { type Evidence, sum } from '../evidence/evidence';
import type { Certificate, FigureReference } from '../report/report';
import { type Check, conclude, undecided } from './check';

function supportReference(evidence: Evidence, label: string): FigureReference {
  const count = evidence.claim.supports![label]!;
  return { field: `supports.${label}`, meaning: `support of ${label}`, text: String(count) };
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
    const { supports, n } = evidence.claim;
    if (evidence.reading.supports === 'unknown' || !supports || n === undefined) {
      return undecided('needs the supports and n');
    }
    const labels = evidence.classes.filter((label) => Object.hasOwn(supports, label));
    const total = sum(labels.map((label) => supports[label]!));
    const complete = labels.length === evidence.classes.length;
    const failures: Certificate[] = [];
    if (complete ? total !== n : total > n) {
      const figures = [...labels.map((label) => supportReference(evidence, label)), totalReference(evidence)];
      const statement = `the supports add up to ${total}, not to ${n}`;
      failures.push({ figures, statement, minimality: 'smallest' });
    }
    const missing = `${labels.length} of ${evidence.classes.length} supports are printed`;
    return conclude(failures, complete ? 1 : 0, { ok: `the supports add up to ${n}`, missing });
  },
};

export const capacity: Check = {
  id: 'capacity',
  title: 'The data set holds that many items',
  rule: 'Without copies, no more items of a class can be evaluated than the data set (or its named part) holds.',
  source: "the data sets' official counts",
  run(evidence) {
    const { dataset, capacity: part, claim } = evidence;
    if (!dataset || !part) return undecided('names no data set whose counts are built in');
    const where = claim.part ? `${dataset.name} ${claim.part}` : dataset.name;
    const failures: Certificate[] = [];
    let tried = 0;
    const usable = evidence.reading.supports === 'unknown' ? {} : (claim.supports ?? {});
    for (const [label, count] of Object.entries(usable)) {
      const held = classCapacity(part, label);
      if (held === undefined) continue;
      tried++;
      if (count <= held) continue;
      const statement = `${count} items of ${label}, but ${where} holds ${held} (${dataset.source})`;
      failures.push({ figures: [supportReference(evidence, label)], statement, minimality: 'smallest' });
    }
    if (claim.n !== undefined) tried++;
    if (claim.n !== undefined && claim.n > part.total) {
      const statement = `${claim.n} items, but ${where} holds ${part.total} (${dataset.source})`;
      failures.push({ figures: [totalReference(evidence)], statement, minimality: 'smallest' });
    }
    return conclude(failures, tried, { ok: `${where} holds them`, missing: 'needs supports or n' });
  },
};
