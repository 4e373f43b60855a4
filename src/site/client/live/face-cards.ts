import type { RecognizedFace } from '../../../predict/recognize';
import { make, tableHead, tableRow } from '../dom';
import { greyImage } from './frame';

/** One card a face: what the network sees, and its probabilities. They are reused, so that a video does not flicker. */
export class FaceCards {
  #cards: FaceCard[] = [];

  constructor(readonly place: HTMLElement) {}

  show(faces: readonly RecognizedFace[]): void {
    const names = Object.keys(faces[0]?.probabilities ?? {});
    while (this.#cards.length < faces.length) this.#cards.push(new FaceCard(this.#cards.length + 1, names));
    for (const [i, face] of faces.entries()) this.#cards[i]!.show(face);
    const shown = this.#cards.slice(0, faces.length).map(({ element }) => element);
    if (shown.length !== this.place.childElementCount) this.place.replaceChildren(...shown);
  }
}

class FaceCard {
  readonly element: HTMLElement;
  readonly #crop = make('canvas', { role: 'img', class: 'crop' });
  readonly #bars: readonly HTMLElement[];

  constructor(number: number, classes: readonly string[]) {
    this.#crop.setAttribute('aria-label', `what the network sees of face ${number}`);
    this.#bars = classes.map(() => make('span', { class: 'bar' }));
    const styles = ['text', 'number'];
    const table = make(
      'table',
      {},
      make('caption', {}, `Face ${number}`),
      tableHead(['Emotion', 'Probability'], styles),
      make('tbody', {}, ...classes.map((name, i) => tableRow([name, this.#bars[i]!], styles))),
    );
    this.element = make('li', { class: 'card' }, this.#crop, table);
  }

  show({ image, probabilities, emotion }: RecognizedFace): void {
    drawCrop(this.#crop, image);
    for (const [i, [name, probability]] of Object.entries(probabilities).entries()) {
      const bar = this.#bars[i]!;
      bar.textContent = `${(100 * probability).toFixed(1)} %`;
      bar.style.setProperty('--share', `${100 * probability}%`);
      bar.closest('tr')!.classList.toggle('chosen', name === emotion);
    }
  }
}

/** @param image grey levels [side, side] */
function drawCrop(canvas: HTMLCanvasElement, image: Uint8Array): void {
  const side = Math.sqrt(image.length);
  if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
  canvas.getContext('2d')!.putImageData(greyImage(image, side, side), 0, 0);
}
