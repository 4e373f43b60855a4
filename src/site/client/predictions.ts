import { element, pageData } from './dom';
import { drawImages } from './image-list';
import { type Judged, loadImages } from './images';
import { AddressState } from './state';

const { model, classes } = pageData<{ model: string; classes: readonly string[] }>('predictions-data');
const state = new AddressState(['probabilities', 'sort', 'row'], [], () => void show());

const ORDERS: Readonly<Record<string, (a: Judged, b: Judged) => number>> = {
  row: (a, b) => a.row - b.row,
  high: (a, b) => b.confidence - a.confidence,
  low: (a, b) => a.confidence - b.confidence,
};

/** Lists all test images of the page's model, or the one of a row. */
async function show(): Promise<void> {
  const { probabilities, sort, row } = state.get();
  const all = await loadImages(model, probabilities === 'calibrated');
  const images = all.filter((image) => row === '' || image.row === Number(row)).sort(ORDERS[sort!]!);
  element('count').textContent =
    images.length === 0 ? `Row ${row} is no test image.` : `${images.length.toLocaleString('en')} images`;
  drawImages(element('images'), {
    images,
    classes,
    local: null,
    isGallery: false,
    chosen: row!,
    onChoose: (chosen) => {
      location.href = `explorer.html#${new URLSearchParams({ model, image: String(chosen) })}`;
    },
  });
}

void show();
