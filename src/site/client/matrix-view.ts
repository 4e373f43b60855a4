import { make, signed } from './dom';
import type { CellValues, Unit } from './matrix';

/** A matrix to be drawn. */
export interface MatrixView {
  /** Begins the ids of its cells. */
  readonly id: string;
  readonly title: string;
  readonly values: CellValues;
  readonly unit: Unit;
  readonly classes: readonly string[];
  /** Whether the values are differences, with signs and two colours. */
  readonly isDifference: boolean;
  /** Told the chosen cell, such as `2,4`. */
  readonly onChoose: (cell: string) => void;
}

/** A confusion matrix as a table of buttons; arrow keys move between them. */
export function matrixTable(view: MatrixView): HTMLTableElement {
  const { classes, title, values } = view;
  const head = make('tr', {}, make('td', {}, 'true \\ predicted'), ...classes.map(columnHead));
  const largest = Math.max(1e-9, ...values.flat().map(Math.abs));
  const body = values.map((row, truth) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, classes[truth]!),
      ...row.map((value, predicted) => cellOf(view, [truth, predicted], value / largest)),
    ),
  );
  const table = make('table', { class: 'matrix', id: view.id }, make('caption', {}, title), head, ...body);
  table.addEventListener('keydown', (event) => moveFocus(view, event));
  return table;
}

const columnHead = (name: string) => make('th', { scope: 'col' }, name);

function cellOf(view: MatrixView, [truth, predicted]: [number, number], heat: number): HTMLTableCellElement {
  const { classes, values, unit, isDifference, id } = view;
  const cell = `${truth},${predicted}`;
  const text = textOf(values[truth]![predicted]!, unit, isDifference);
  const button = make(
    'button',
    {
      type: 'button',
      id: `${id}-${truth}-${predicted}`,
      'aria-label': `${view.title}: true ${classes[truth]}, predicted ${classes[predicted]}: ${text}`,
      'aria-pressed': 'false',
      style: `--heat: ${(100 * Math.abs(heat)).toFixed(1)}%`,
      ...(heat < 0 ? { class: 'less' } : {}),
    },
    text,
  );
  button.addEventListener('click', () => view.onChoose(cell));
  return make('td', truth === predicted ? { class: 'right' } : {}, button);
}

/** A value, or a difference with its sign. */
export function textOf(value: number, unit: Unit, isDifference: boolean): string {
  const [number, decimals] = unit === 'count' ? [value, 0] : [100 * value, 1];
  return isDifference ? signed(number, decimals) : number.toFixed(decimals);
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function moveFocus({ id }: MatrixView, event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const at = /-(\d+)-(\d+)$/.exec((event.target as Element).id);
  if (!step || !at) return;
  event.preventDefault();
  document.getElementById(`${id}-${Number(at[1]) + step[0]}-${Number(at[2]) + step[1]}`)?.focus();
}
