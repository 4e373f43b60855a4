import { element, make, pageData } from './dom';
import { type Filter, passes } from './filters';
import { imageDetail } from './image-detail';
import { drawImages } from './image-list';
import { type Judged, loadImages } from './images';
import { loadData } from './load';
import { LocalImages } from './local-images';
import { type CellValues, inUnit, matrixOf, minus, type Unit } from './matrix';
import { matrixTable } from './matrix-view';
import type { PackedCopies } from './packed';
import { AddressState, type State } from './state';

interface Page {
  readonly classes: readonly string[];
  readonly hasCopies: boolean;
  readonly hasPictures: boolean;
}

/** What has to be loaded for a view. */
interface Loaded {
  readonly own: readonly Judged[];
  readonly others: readonly Judged[] | null;
  readonly local: LocalImages | null;
  readonly copies: PackedCopies | null;
}

const page = pageData<Page>('explorer-data');
const { classes } = page;
const CONTROLS = ['model', 'other', 'unit', 'probabilities', 'truth', 'predicted', 'correct', 'copies'];
const NUMBERS = ['from', 'to', 'darkest', 'brightest', 'view'];
const state = new AddressState([...CONTROLS, ...NUMBERS], ['cell', 'of', 'image'], () => void show());
element('reset').addEventListener('click', () => state.reset());

async function load({ model, other, probabilities }: State): Promise<Loaded> {
  const isCalibrated = probabilities === 'calibrated';
  const [own, others, local, copies] = await Promise.all([
    loadImages(model!, isCalibrated),
    other ? loadImages(other, isCalibrated) : null,
    LocalImages.load(page.hasPictures),
    page.hasCopies ? loadData<PackedCopies>('data/copies.js', 'copies', 'all') : null,
  ]);
  return { own, others, local, copies };
}

let turn = 0;
/** What the matrices show now, and the images that they count: a choice of a cell or an image changes neither. */
let drawn: { readonly key: string; readonly filtered: Filtered } | undefined;

async function show(): Promise<void> {
  const own = ++turn;
  const current = state.get();
  const loaded = await load(current);
  if (own !== turn) return; // a later choice is on its way
  const key = JSON.stringify({ ...current, cell: '', of: '', image: '', view: '' });
  if (drawn?.key !== key) {
    drawn = { key, filtered: filter(current, loaded) };
    drawMatrices(current, drawn.filtered);
  }
  markCell(current);
  drawList(current, drawn.filtered, loaded);
  drawDetail(current, loaded);
}

function filter(current: State, { own, others, local }: Loaded): Filtered {
  const wanted = (images: readonly Judged[]) =>
    images.filter((image) => passes(image, current as unknown as Filter, local?.brightness(image.row)));
  return { own: wanted(own), others: others && wanted(others) };
}

/** Says which cell is chosen. */
function markCell({ cell, of }: State): void {
  const chosen = cell ? `${of || 'matrix'}-${cell.replace(',', '-')}` : '';
  for (const button of document.querySelectorAll('.matrix button')) {
    const isPressed = String(button.id === chosen);
    if (button.getAttribute('aria-pressed') !== isPressed) button.setAttribute('aria-pressed', isPressed);
  }
}

interface Filtered {
  readonly own: readonly Judged[];
  readonly others: readonly Judged[] | null;
}

function drawMatrices(current: State, { own, others }: Filtered): void {
  const unit = current.unit as Unit;
  const [first, second] = [own, others].map(
    (images) => images && inUnit(matrixOf(images, classes.length), unit),
  );
  const focused = document.activeElement?.id;
  const one = (id: string, title: string, values: CellValues, isDifference = false) => {
    const onChoose = (cell: string) => state.set({ cell, of: id === 'matrix' ? '' : id, image: '' });
    return matrixTable({ id, title, values, unit, classes, isDifference, onChoose });
  };
  const count = (images: readonly Judged[]) => `${images.length.toLocaleString('en')} images`;
  const tables = [one('matrix', `${current.model}, ${count(own)}`, first!)];
  if (second) {
    tables.push(one('matrix-other', `${current.other}, ${count(others!)}`, second));
    tables.push(one('matrix-difference', 'First less second', minus(first!, second), true));
  }
  const scrolls = tables.map((table) =>
    make(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': table.caption!.textContent! },
      table,
    ),
  );
  element('matrices').replaceChildren(...scrolls);
  element('different-images').hidden = !others || haveSameImages(own, others);
  if (focused) document.getElementById(focused)?.focus();
}

const haveSameImages = (own: readonly Judged[], others: readonly Judged[]) =>
  own.length === others.length && own.every(({ row }, i) => row === others[i]!.row);

/** The images of the chosen cell, or all that pass the filters; the most confident first. */
function drawList(current: State, filtered: Filtered, { local }: Loaded): void {
  const isOther = current.of === 'matrix-other' && filtered.others !== null;
  const images = isOther ? filtered.others! : filtered.own;
  const [truth, predicted] = (current.cell || '-1,-1').split(',').map(Number);
  const hasCell = classes[truth!] !== undefined && classes[predicted!] !== undefined;
  const chosen = images
    .filter((image) => !hasCell || (image.truth === truth && image.predicted === predicted))
    .sort((a, b) => b.confidence - a.confidence);
  const what = hasCell ? `True ${classes[truth!]}, predicted ${classes[predicted!]}` : 'All cells';
  element('cell').textContent = `${what}: ${chosen.length} ${chosen.length === 1 ? 'image' : 'images'}`;
  drawImages(element('images'), {
    images: chosen,
    classes,
    local,
    isGallery: current.view !== 'table',
    chosen: current.image!,
    onChoose: (row) => {
      state.set({ image: String(row) });
      element('detail').scrollIntoView({ block: 'nearest' });
    },
  });
}

function drawDetail(current: State, { own, others, local, copies }: Loaded): void {
  const place = element('detail');
  const find = (images: readonly Judged[] | null) => images?.find(({ row }) => String(row) === current.image);
  const [first, second] = [find(own), find(others)];
  const image = first ?? second;
  place.hidden = !image;
  if (!image) return;
  place.replaceChildren(
    ...imageDetail({
      image,
      classes,
      model: first ? current.model! : current.other!,
      images: first ? own : others!,
      other: first && second ? { model: current.other!, image: second } : null,
      copies,
      local,
      onChoose: (row) => state.set({ image: String(row) }),
    }),
  );
}

void show();
