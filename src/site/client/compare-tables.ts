import { wilsonInterval } from '../../evaluate/intervals';
import { formatP } from '../../evaluate/paired';
import { compare, type JudgedPair, type PairedAccuracy, type PredictionChange } from './changed';
import { make, signed, tableHead, tableRow } from './dom';

const percent = (share: number) => (100 * share).toFixed(2);
const interval = ([low, high]: readonly [number, number]) => `${percent(low)} to ${percent(high)}`;
const points = ([low, high]: readonly [number, number]) =>
  `${signed(100 * low, 2)} to ${signed(100 * high, 2)}`;

/** A table that scrolls by itself. */
export function scrolling(
  title: string,
  {
    names,
    rows,
    styles,
  }: { names: readonly string[]; rows: readonly (readonly (Node | string)[])[]; styles: readonly string[] },
): HTMLElement {
  const body = make('tbody', {}, ...rows.map((row) => tableRow(row, styles)));
  const table = make('table', {}, make('caption', {}, title), tableHead(names, styles), body);
  return make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title }, table);
}

/** Accuracy of both models, over all images and by true class, with the paired difference. */
export function accuracyTable(
  pairs: readonly JudgedPair[],
  { classes, names }: { classes: readonly string[]; names: readonly [string, string] },
): HTMLElement {
  const row = (name: string, of: PairedAccuracy) => [
    name,
    String(of.images),
    `${percent(of.firstRight / Math.max(1, of.images))} (${interval(wilsonInterval(of.firstRight, of.images))})`,
    `${percent(of.secondRight / Math.max(1, of.images))} (${interval(wilsonInterval(of.secondRight, of.images))})`,
    signed(100 * of.difference, 2),
    points(of.interval),
    formatP(of.p),
  ];
  const ofClass = (label: number) => compare(pairs.filter(({ first }) => first.truth === label));
  return scrolling('Accuracy, and recall by class, on the same test images', {
    names: ['', 'Images', `${names[0]}, %`, `${names[1]}, %`, 'Difference, points', '95 % interval', 'p'],
    styles: ['text', ...new Array<string>(6).fill('number')],
    rows: [row('All', compare(pairs)), ...classes.map((name, label) => row(name, ofClass(label)))],
  });
}

/** How often both, one or none of the models is right. */
export function agreementTable(pairs: readonly JudgedPair[], names: readonly [string, string]): HTMLElement {
  const { images, firstRight, secondRight, onlyFirst, onlySecond } = compare(pairs);
  const both = firstRight - onlyFirst;
  const none = images - both - onlyFirst - onlySecond;
  return scrolling('Images that the models recognise', {
    names: ['', `${names[1]} right`, `${names[1]} wrong`],
    styles: ['text', 'number', 'number'],
    rows: [
      [`${names[0]} right`, String(both), String(firstRight - both)],
      [`${names[0]} wrong`, String(secondRight - both), String(none)],
    ],
  });
}

/** What the kinds of change are called. */
export const CHANGES: Readonly<Record<PredictionChange, string>> = {
  first: 'only the first is right',
  second: 'only the second is right',
  'both-wrong': 'both are wrong, in different ways',
};

/** Settings of two configurations by their path, those that differ alone. */
export function settingsTable(
  [first, second]: readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>],
  names: readonly [string, string],
): HTMLElement {
  const paths = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  const rows = paths
    .filter((path) => first[path] !== second[path])
    .map((path) => [path, first[path] ?? '–', second[path] ?? '–']);
  return scrolling('Settings that differ', {
    names: ['Setting', ...names],
    styles: ['text', 'text', 'text'],
    rows: rows.length > 0 ? rows : [['none', '', '']],
  });
}
