import { JSDOM } from 'jsdom';
import { parseTransform, type Rectangle, transformBox } from '../../src/report/static/geometry';
import { createMeasurer } from '../../src/report/static/measure';

export interface Word {
  text: string;
  box: Rectangle;
}

/** All visible text of an SVG with its box on the page in pixels. */
export function wordsOf(svg: string): { words: Word[]; width: number; height: number } {
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
  const root = document.documentElement;
  const measurer = createMeasurer();
  const words = [...document.querySelectorAll('text')].flatMap((element) => {
    let box = measurer.box(element);
    for (let at: Element | null = element; at && box; at = at.parentElement) {
      box = transformBox(parseTransform(at.getAttribute('transform')), box);
    }
    return box ? [{ text: element.textContent ?? '', box }] : [];
  });
  return { words, width: Number(root.getAttribute('width')), height: Number(root.getAttribute('height')) };
}

/** Blank that boxes have around the letters: overlaps below it don't touch ink. */
const BLANK = 2.5;

const overlap = (a: Rectangle, b: Rectangle) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > BLANK &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > BLANK;

/** Pairs of texts that lie over each other, and texts that are cut by the edge of the picture. */
export function letteringDefects(svg: string): string[] {
  const { words, width, height } = wordsOf(svg);
  const cut = words.filter(
    ({ box }) => box.left < -1 || box.top < -1 || box.right > width + 1 || box.bottom > height + 1,
  );
  const pairs = words.flatMap((a, i) => words.slice(i + 1).map((b) => [a, b] as const));
  return [
    ...cut.map(({ text }) => `cut: ${text}`),
    ...pairs
      .filter(([a, b]) => overlap(a.box, b.box))
      .map(([a, b]) => `over each other: ${a.text} / ${b.text}`),
  ];
}
