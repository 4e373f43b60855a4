import { make } from './dom';
import { loadData } from './load';
import type { PackedImages } from './packed';

/** What only a build with the user's own data knows; a published site has none of it. */
export class LocalImages {
  private constructor(readonly packed: PackedImages) {}

  /** @param isThere whether the site was built with data */
  static async load(isThere: boolean): Promise<LocalImages | null> {
    if (!isThere) return null;
    return new LocalImages(await loadData<PackedImages>('data/images.js', 'images', 'all'));
  }

  brightness(row: number): number {
    return this.packed.brightness[row]!;
  }

  /** The votes of FER+ for an image by choice, most first; null without FER+. */
  votes(row: number): [choice: string, votes: number][] | null {
    const { votes } = this.packed;
    if (!votes) return null;
    const { choices, counts } = votes;
    const own = choices.map((choice, k): [string, number] => {
      const at = 2 * (row * choices.length + k);
      return [choice, Number(counts.slice(at, at + 2))];
    });
    return own.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  }

  /** The picture of an image. @param scale pixels of the page for each of the picture's */
  picture(row: number, scale: number): HTMLElement {
    const { side, columns, images } = this.packed.sheets;
    const [x, y] = [(row % images) % columns, Math.floor((row % images) / columns)];
    const at = (value: number) => `${-value * side * scale}px`;
    const style = [
      `width: ${side * scale}px; height: ${side * scale}px`,
      `background-image: url(pictures/${Math.floor(row / images)}.png)`,
      `background-position: ${at(x)} ${at(y)}`,
      `background-size: ${columns * side * scale}px auto`,
    ];
    return make('span', {
      class: 'face',
      role: 'img',
      'aria-label': `image of row ${row}`,
      style: style.join('; '),
    });
  }
}
