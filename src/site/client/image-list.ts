import { make, tableHead, tableRow } from './dom';
import type { Judged } from './images';
import type { LocalImages } from './local-images';

/** Images that are drawn at first, and that each wish for more adds. */
const PAGE = 60;

/** A list of images as a table, or as a gallery where there are pictures. */
export interface ImageList {
  readonly images: readonly Judged[];
  readonly classes: readonly string[];
  readonly local: LocalImages | null;
  readonly isGallery: boolean;
  /** Row of the image that is shown in full; empty for none. */
  readonly chosen: string;
  readonly onChoose: (row: number) => void;
}

/** Draws the first images of a list into a place, and a button for more. */
export function drawImages(place: HTMLElement, list: ImageList, count = PAGE): void {
  const shown = list.images.slice(0, count);
  const drawn = list.local && list.isGallery ? gallery(list, shown) : imageTable(list, shown);
  place.replaceChildren(drawn);
  const rest = list.images.length - shown.length;
  if (rest <= 0) return;
  const more = make('button', { type: 'button' }, `Show ${Math.min(PAGE, rest)} more of ${rest}`);
  more.addEventListener('click', () => drawImages(place, list, count + PAGE));
  place.append(make('p', {}, more));
}

function imageTable(list: ImageList, shown: readonly Judged[]): HTMLElement {
  const { classes, local } = list;
  const names = [...(local ? ['Picture'] : []), 'Row', 'True', 'Predicted', 'Confidence', ...classes];
  const styles = [
    ...(local ? ['text'] : []),
    'number',
    'text',
    'text',
    'number',
    ...classes.map(() => 'number'),
  ];
  const rows = shown.map((image) =>
    tableRow(
      [
        ...(local ? [local.picture(image.row, 1)] : []),
        rowButton(list, image),
        classes[image.truth]!,
        classes[image.predicted]!,
        image.confidence.toFixed(3),
        ...image.probabilities.map((probability) => probability.toFixed(3)),
      ],
      styles,
    ),
  );
  const table = make('table', {}, tableHead(names, styles), make('tbody', {}, ...rows));
  return make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Images' }, table);
}

function rowButton({ chosen, onChoose }: ImageList, { row }: Judged): HTMLElement {
  const button = make(
    'button',
    { type: 'button', class: 'plain', id: `image-${row}`, 'aria-pressed': String(chosen === String(row)) },
    String(row),
  );
  button.addEventListener('click', () => onChoose(row));
  return button;
}

function gallery(list: ImageList, shown: readonly Judged[]): HTMLElement {
  const items = shown.map((image) => {
    const button = make(
      'button',
      { type: 'button', id: `image-${image.row}`, 'aria-pressed': String(list.chosen === String(image.row)) },
      list.local!.picture(image.row, 1.5),
      make('small', {}, `${image.row}: ${(100 * image.confidence).toFixed(0)} %`),
    );
    button.addEventListener('click', () => list.onChoose(image.row));
    return make('li', {}, button);
  });
  return make('ul', { class: 'gallery' }, ...items);
}
