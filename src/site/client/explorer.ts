import { type CellImage, imagesOf, inUnit, matrixOf, type PackedPredictions, type Unit } from './matrix';

/** What the reader has chosen; all of it stands in the address, so that a view can be sent to someone. */
interface State {
  model: string;
  other: string;
  unit: Unit;
  least: string;
  /** True and predicted class of the chosen cell, such as `2,4`. */
  cell: string;
}

const LONGEST_LIST = 200;
const element = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const { classes } = JSON.parse(element('explorer-data').textContent!) as { classes: string[] };
const CONTROLS = ['model', 'other', 'unit', 'least'] as const;
const control = (name: (typeof CONTROLS)[number]) => element<HTMLSelectElement | HTMLInputElement>(name);

const loaded = new Map<string, Promise<CellImage[]>>();

function load(model: string): Promise<CellImage[]> {
  const known = loaded.get(model);
  if (known) return known;
  const images = new Promise<CellImage[]>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `predictions/${model}.js`;
    script.onerror = reject;
    script.onload = () => {
      const all = (globalThis as unknown as { ferlabPredictions: Record<string, PackedPredictions> })
        .ferlabPredictions;
      resolve(imagesOf(all[model]!));
    };
    document.head.append(script);
  });
  loaded.set(model, images);
  return images;
}

function readState(): State {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of CONTROLS) {
    const value = given.get(name);
    if (value !== null) control(name).value = value;
  }
  const [model, other, unit, least] = CONTROLS.map((name) => control(name).value) as [
    string,
    string,
    Unit,
    string,
  ];
  return { model, other, unit, least, cell: given.get('cell') ?? '' };
}

function writeState(state: State): void {
  history.replaceState(null, '', `#${new URLSearchParams({ ...state })}`);
}

async function show(): Promise<void> {
  const state = readState();
  const sure = ({ confidence }: CellImage) => confidence >= Number(state.least);
  const images = (await load(state.model)).filter(sure);
  const others = state.other ? (await load(state.other)).filter(sure) : null;
  drawMatrix(state, images, others);
  drawImages(state, images);
}

function drawMatrix(state: State, images: readonly CellImage[], others: readonly CellImage[] | null): void {
  const values = inUnit(matrixOf(images, classes.length), state.unit);
  const minus = others && inUnit(matrixOf(others, classes.length), state.unit);
  const head = row('th', ['true \\ predicted', ...classes]);
  const body = values.map((cells, truth) => {
    const line = row('th', [classes[truth]!]);
    for (const [predicted, value] of cells.entries()) {
      line.append(cellOf(state, [truth, predicted], textOf(value, state.unit, minus?.[truth]?.[predicted])));
    }
    return line;
  });
  element('matrix').replaceChildren(head, ...body);
}

function row(tag: 'th' | 'td', texts: readonly string[]): HTMLTableRowElement {
  const line = document.createElement('tr');
  for (const text of texts) {
    const cell = document.createElement(tag);
    cell.textContent = text;
    line.append(cell);
  }
  return line;
}

/** A value, or its difference from another model's with the sign. */
function textOf(value: number, unit: Unit, other?: number): string {
  const shown = (number: number) => (unit === 'count' ? String(number) : `${(100 * number).toFixed(1)} %`);
  if (other === undefined) return shown(value);
  const difference = value - other;
  return `${difference > 0 ? '+' : ''}${shown(difference)}`.replace('-', '−');
}

function cellOf(state: State, [truth, predicted]: [number, number], text: string): HTMLTableCellElement {
  const cell = document.createElement('td');
  if (truth === predicted) cell.className = 'right';
  const button = document.createElement('button');
  button.type = 'button';
  button.id = `cell-${truth}-${predicted}`;
  button.textContent = text;
  button.setAttribute('aria-label', `true ${classes[truth]}, predicted ${classes[predicted]}: ${text}`);
  button.setAttribute('aria-pressed', String(state.cell === `${truth},${predicted}`));
  button.addEventListener('click', () => {
    writeState({ ...state, cell: `${truth},${predicted}` });
    void show().then(() => element(button.id).focus());
  });
  cell.append(button);
  return cell;
}

function drawImages(state: State, images: readonly CellImage[]): void {
  const [truth, predicted] = state.cell.split(',').map(Number);
  if (!state.cell || !classes[truth!] || !classes[predicted!]) return;
  const chosen = images
    .filter((image) => image.truth === truth && image.predicted === predicted)
    .sort((a, b) => b.confidence - a.confidence);
  const rest = chosen.length > LONGEST_LIST ? `, the ${LONGEST_LIST} most confident ones` : '';
  element('cell').textContent =
    `True ${classes[truth!]}, predicted ${classes[predicted!]}: ${chosen.length} images${rest}`;
  element('images').replaceChildren(
    row('th', ['row', 'confidence', ...classes]),
    ...chosen
      .slice(0, LONGEST_LIST)
      .map((image) =>
        row('td', [
          String(image.row),
          image.confidence.toFixed(3),
          ...image.probabilities.map((probability) => probability.toFixed(3)),
        ]),
      ),
  );
}

for (const name of CONTROLS) {
  control(name).addEventListener('change', () => {
    const cell = new URLSearchParams(location.hash.slice(1)).get('cell') ?? '';
    const [model, other, unit, least] = CONTROLS.map((one) => control(one).value) as [
      string,
      string,
      Unit,
      string,
    ];
    writeState({ model, other, unit, least, cell });
    void show();
  });
}
window.addEventListener('hashchange', () => void show());
void show();
