import { make, tableHead, tableRow } from './dom';
import type { Judged } from './images';
import type { LocalImages } from './local-images';
import { neighboursOf } from './neighbours';
import type { PackedCopies } from './packed';

/** What is said of one image. */
export interface ImageDetail {
  readonly image: Judged;
  readonly classes: readonly string[];
  readonly model: string;
  /** All test images of the model. */
  readonly images: readonly Judged[];
  /** What another model says of the same image, if one is chosen and predicted it. */
  readonly other: { readonly model: string; readonly image: Judged } | null;
  readonly copies: PackedCopies | null;
  readonly local: LocalImages | null;
  readonly onChoose: (row: number) => void;
}

const NEIGHBOURS = 8;

/** An image in full: picture, probabilities, votes, copies and neighbours. */
export function imageDetail(detail: ImageDetail): HTMLElement[] {
  const { image, local, classes } = detail;
  const verdict = image.truth === image.predicted ? 'right' : 'wrong';
  const brightness = local ? `, mean grey level ${local.brightness(image.row)}` : '';
  return [
    make('h3', { id: 'image-title', tabindex: '-1' }, `Row ${image.row}`),
    make(
      'p',
      {},
      `Label ${classes[image.truth]}, predicted ${classes[image.predicted]} with ${(100 * image.confidence).toFixed(1)} %: ${verdict}${brightness}.`,
    ),
    make(
      'div',
      { class: 'columns' },
      ...(local ? [make('div', {}, local.picture(image.row, 4))] : []),
      make('div', {}, probabilityTable(detail)),
      make('div', {}, ...votesOf(detail)),
      make('div', {}, ...copiesOf(detail)),
      make('div', {}, ...neighbours(detail)),
    ),
  ];
}

function probabilityTable({ image, classes, model, other }: ImageDetail): HTMLElement {
  const models = other ? [model, other.model] : [model];
  const styles = ['text', ...models.map(() => 'number')];
  const rows = classes.map((name, k) =>
    tableRow(
      [name, bar(image.probabilities[k]!), ...(other ? [bar(other.image.probabilities[k]!)] : [])],
      styles,
    ),
  );
  return make(
    'table',
    { class: 'bars' },
    make('caption', {}, 'Probabilities'),
    tableHead(['Class', ...models], styles),
    make('tbody', {}, ...rows),
  );
}

const bar = (share: number) =>
  make('span', { class: 'bar', style: `--share: ${(100 * share).toFixed(1)}%` }, share.toFixed(3));

function votesOf({ local, image }: ImageDetail): HTMLElement[] {
  const title = make('h4', {}, 'Votes of FER+');
  const votes = local?.votes(image.row);
  if (!votes) {
    const why = local
      ? 'No FER+ file lay beside the data.'
      : 'Not part of this site: build it with your own data.';
    return [title, make('p', { class: 'note' }, why)];
  }
  const items = votes.map(([choice, count]) => make('li', {}, `${choice}: ${count}`));
  return [title, make('ul', {}, ...items)];
}

function copiesOf({ copies, image, classes, local }: ImageDetail): HTMLElement[] {
  const title = make('h4', {}, 'Duplicates');
  if (!copies) return [title, make('p', { class: 'note' }, 'Nobody looked for copies in this data.')];
  const group = copies.groups.find((members) => members.some(([row]) => row === image.row));
  const others = group?.filter(([row]) => row !== image.row) ?? [];
  if (others.length === 0) return [title, make('p', {}, 'No other image has equal pixels.')];
  const items = others.map(([row, label, part]) =>
    make(
      'li',
      {},
      ...(local ? [local.picture(row, 1), ' '] : []),
      `row ${row}, ${copies.parts[part] ?? 'no part'}, label ${classes[label]}`,
    ),
  );
  return [title, make('ul', {}, ...items)];
}

function neighbours({ image, images, classes, local, onChoose }: ImageDetail): HTMLElement[] {
  const items = neighboursOf(image, images, NEIGHBOURS).map(({ image: other, distance }) => {
    const button = make(
      'button',
      { type: 'button', class: 'plain' },
      ...(local ? [local.picture(other.row, 1), ' '] : []),
      `row ${other.row}`,
    );
    button.addEventListener('click', () => onChoose(other.row));
    return make('li', {}, button, ` label ${classes[other.truth]}, distance ${distance.toFixed(3)}`);
  });
  return [
    make('h4', {}, 'Neighbours'),
    make('ul', {}, ...items),
    make('p', { class: 'note' }, 'Test images with the nearest probabilities (Hellinger distance).'),
  ];
}
