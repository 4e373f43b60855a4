import { type Draft, type DraftMatrix, enter, enterAgreement, severalClaims, unreadable } from './draft';
import { plain } from './words';

/** Puts the parts of one text together: tables of the same classes, a matrix, lines with overall figures. */
export function mergeDrafts(parts: readonly Draft[]): Draft {
  const [merged, ...rest] = orderParts(parts);
  for (const part of rest) {
    joinClasses(merged!, part);
    joinFigures(merged!, part);
    joinSupports(merged!, part);
    if (part.matrix && merged!.matrix) {
      throw severalClaims('there are two confusion matrices');
    }
    if (part.matrix) merged!.matrix = part.matrix;
    joinOverall(merged!, part);
  }
  return merged!;
}

function joinOverall(merged: Draft, part: Draft): void {
  merged.accuracies.push(...part.accuracies);
  if (part.errorRate !== undefined) merged.errorRate ??= part.errorRate;
  if (part.area !== undefined) merged.area ??= part.area;
  if (part.gMean !== undefined) merged.gMean ??= part.gMean;
  if (part.deviation !== undefined) merged.deviation ??= part.deviation;
  for (const [metric, figures] of part.deviations) {
    for (const [key, text] of figures) enter(merged.deviations, metric, { key, text, line: 0 });
  }
  for (const [k, text] of part.topK) merged.topK.set(k, merged.topK.get(k) ?? text);
  for (const [measure, text] of part.agreement) enterAgreement(merged, measure, { text, line: 0 });
  for (const [table, intervals] of part.intervals) {
    const known = merged.intervals.get(table) ?? new Map();
    merged.intervals.set(table, new Map([...known, ...intervals]));
  }
  merged.notes.push(...part.notes);
  if (part.n !== undefined) merged.n ??= part.n;
  if (part.severalLabels) merged.severalLabels = true;
  if (part.uncertain !== undefined) merged.uncertain ??= part.uncertain;
}

function joinFigures(merged: Draft, part: Draft): void {
  for (const [metric, figures] of part.perClass) {
    if (merged.perClass.has(metric) && !sameFigures(merged.perClass.get(metric)!, figures)) {
      throw severalClaims(`two tables give the ${metric} of the classes`);
    }
    for (const [key, text] of figures) enter(merged.perClass, metric, { key, text, line: 0 });
  }
  for (const [rate, figures] of part.rates) {
    for (const [key, text] of figures) enter(merged.rates, rate, { key, text, line: 0 });
  }
  for (const [kind, figures] of part.means) {
    for (const [key, text] of figures) enter(merged.means, kind, { key, text, line: 0 });
  }
}

function joinSupports(merged: Draft, part: Draft): void {
  for (const [name, count] of part.supports) {
    const known = merged.supports.get(name);
    if (known !== undefined && known !== count) {
      const why = `${name} has ${known} items in one table and ${count} in another`;
      throw unreadable(why, 'keep one of the tables');
    }
    merged.supports.set(name, count);
  }
}

/** The table of the classes first: others take their names from it. */
function orderParts(parts: readonly Draft[]): Draft[] {
  const rank = ({ perClass, matrix, classes }: Draft) =>
    perClass.size ? 0 : matrix && classes.length ? 1 : matrix ? 2 : 3;
  return [...parts].sort((a, b) => rank(a) - rank(b));
}

function sameFigures(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, text]) => b.get(key) === text);
}

/** A part may name the same classes in another order, or none. */
function joinClasses(merged: Draft, part: Draft): void {
  if (part.classes.length === 0) {
    if (part.matrix && merged.classes.length > 0) checkSize(merged, part.matrix);
    return;
  }
  if (merged.classes.length === 0) {
    merged.classes = part.classes;
    return;
  }
  const places = merged.classes.map((name) =>
    part.classes.findIndex((other) => plain(other) === plain(name)),
  );
  const complete = part.classes.length === merged.classes.length && places.every((at) => at >= 0);
  if (!complete) {
    const [a, b] = [merged.classes, part.classes].map((names) => names.slice(0, 4).join(', '));
    throw severalClaims(`two tables have different classes: ${a}, and ${b}`);
  }
  renameClasses(part, merged.classes, places);
}

function checkSize({ classes }: Draft, matrix: DraftMatrix): void {
  if (matrix.cells.length === classes.length) return;
  throw unreadable(
    `line ${matrix.line}: the matrix has ${matrix.cells.length} rows, the table ${classes.length} classes`,
    'paste the tables of one evaluation alone',
  );
}

/** Gives a part the names and the order of the other's classes. */
function renameClasses(part: Draft, names: readonly string[], places: readonly number[]): void {
  const nameOf = new Map(places.map((at, i) => [part.classes[at]!, names[i]!]));
  for (const tables of [part.perClass, part.rates, part.deviations]) {
    for (const [metric, figures] of tables) {
      tables.set(metric, new Map([...figures].map(([key, text]) => [nameOf.get(key) ?? key, text])));
    }
  }
  for (const [table, intervals] of part.intervals) {
    part.intervals.set(table, new Map([...intervals].map(([key, one]) => [nameOf.get(key) ?? key, one])));
  }
  const supports = [...part.supports].map(([key, count]) => [nameOf.get(key) ?? key, count] as const);
  part.supports.clear();
  for (const [key, count] of supports) part.supports.set(key, count);
  if (part.matrix) {
    const cells = places.map((row) => places.map((column) => part.matrix!.cells[row]![column]!));
    part.matrix = { ...part.matrix, cells };
  }
  part.classes = [...names];
}
