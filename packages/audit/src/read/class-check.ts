import type { Layout } from './class-layout';
import { severalSystems, unreadable } from './draft';
import type { GridRow } from './grid';
import { meanOf } from './mean-words';
import { rowsKind } from './rows-kind';
import { columnOf, isAccuracy, isSamplesMean, isSpread, isSystemRow, rowsBelow } from './words';

/** Refuses rows that are no classes. */
export function checkRows({ columns, names, nameTitles }: Layout, body: readonly GridRow[]): void {
  const labels = body.map(({ cells }) => cells[names] ?? '');
  const isMean = (label: string) =>
    meanOf(label) !== undefined || isAccuracy(label) || isSamplesMean(label) || isSpread(label);
  const classes = labels.filter((label) => label !== '' && !isMean(label) && columnOf(label) === undefined);
  if (classes.length === 0) return;
  const hasMeans = labels.some(
    (label) => (isMean(label) && !/^(?:mean|avg|average)$/i.test(label)) || isAccuracy(label),
  );
  const kind = rowsKind({
    titles: nameTitles,
    labels: classes,
    hasSupport: columns.some((column) => column.kind === 'support'),
    hasMeans: hasMeans || labels.some((label) => meanOf(label) !== undefined && !classes.some(isSystemRow)),
    hasAccuracyColumn: columns.some((column) => column.kind === 'accuracy'),
    hasSpecificity: columns.some((column) => column.kind === 'specificity'),
  });
  if (kind === 'systems') throw severalSystems('the rows', classes.slice(0, 3).join(', '));
  if (kind === 'unknown') {
    throw unreadable(
      `the rows (${classes[0] ?? ''}, ...) may be classes or systems, and nothing shows which`,
      "title the first column 'Class' if they are the classes of one evaluation",
    );
  }
  const [first, ...others] = nameTitles.map(rowsBelow);
  if (first === 'systems' && others.includes('classes')) {
    throw severalSystems('the rows', classes.slice(0, 3).join(', '));
  }
  if (nameTitles.length > 1) {
    const second = nameTitles.slice(1).filter((title) => title !== '' && rowsBelow(title) !== 'classes');
    const system = second.find((title) => rowsBelow(title) === 'systems');
    if (system !== undefined)
      throw severalSystems(`the rows, by their column ${system},`, classes.slice(0, 3).join(', '));
    if (second.length > 0) {
      throw unreadable(
        `the rows may be classes or systems, by their column '${second[0]}'`,
        'leave that column out if it only describes the classes',
      );
    }
  }
}
