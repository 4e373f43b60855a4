import { createCanvas } from '@napi-rs/canvas';
import { FONT_FAMILY, provideFont } from './fonts';
import { parseTransform, type Rectangle, transformBox, union } from './geometry';

// Ascent, descent and line distance of Arimo, as shares of the font size.
const ASCENT = 0.93;
const DESCENT = 0.24;
const LINE = 1.3;

/** Measures SVG elements that jsdom builds but, having no layout, cannot measure. */
export interface Measurer {
  /** Width of a text element in pixels. */
  textWidth(element: Element): number;
  /** Box in the element's own coordinates; null for what cannot be seen. */
  box(element: Element): Rectangle | null;
}

export function createMeasurer(): Measurer {
  provideFont();
  const context = createCanvas(1, 1).getContext('2d');
  const measure = (text: string, size: number, bold: boolean) => {
    context.font = `${bold ? 'bold ' : ''}${size}px ${FONT_FAMILY}`;
    return context.measureText(text).width;
  };
  const textWidth = (element: Element) =>
    measure(element.textContent ?? '', fontSize(element), isBold(element));

  const box = (element: Element): Rectangle | null => {
    switch (element.tagName.toLowerCase()) {
      case 'text':
      case 'tspan':
        return textBox(element, measure);
      case 'rect':
      case 'image':
        return rectBox(element);
      case 'path':
        return pathBox(element);
      default:
        return childrenBox(element, box);
    }
  };
  return { textWidth, box };
}

const attribute = (element: Element, name: string) =>
  Number.parseFloat(element.getAttribute(name) ?? '') || 0;

function inherited(element: Element, property: 'fontSize' | 'fontWeight' | 'textAnchor'): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = (at as SVGElement).style?.[property];
    if (value) return value;
  }
  return '';
}

const fontSize = (element: Element) => Number.parseFloat(inherited(element, 'fontSize')) || 12;
const isBold = (element: Element) =>
  /bold|[6-9]00/.test(inherited(element, 'fontWeight')) || element.querySelector('[style*=bold]') !== null;

function textBox(
  element: Element,
  measure: (text: string, size: number, bold: boolean) => number,
): Rectangle | null {
  const lines = [...element.querySelectorAll('tspan.line')];
  const texts = (lines.length ? lines : [element]).map((line) => line.textContent ?? '');
  if (texts.join('').trim() === '') return null;
  const size = fontSize(element);
  const width = Math.max(...texts.map((text) => measure(text, size, isBold(element))));
  const anchor = element.getAttribute('text-anchor') || inherited(element, 'textAnchor');
  const left = attribute(element, 'x') - width * ({ middle: 0.5, end: 1 }[anchor] ?? 0);
  const y = attribute(element, 'y') + shiftDown(element) * size;
  const bottom = y + DESCENT * size + (texts.length - 1) * LINE * size;
  return { left, top: y - ASCENT * size, right: left + width, bottom };
}

/** `dy` in ems, as plotly sets titles. */
function shiftDown(element: Element): number {
  const shift = element.getAttribute('dy') ?? '';
  return shift.endsWith('em') ? Number.parseFloat(shift) : 0;
}

function rectBox(element: Element): Rectangle {
  const left = attribute(element, 'x');
  const top = attribute(element, 'y');
  return { left, top, right: left + attribute(element, 'width'), bottom: top + attribute(element, 'height') };
}

/** Box of a path of absolute M and L commands; others (axis lines, curves) have no part in plotly's layout. */
function pathBox(element: Element): Rectangle | null {
  const path = element.getAttribute('d') ?? '';
  const numbers = (path.match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []).map(Number);
  if (numbers.length < 2 || /[HVAhva]/.test(path)) return null;
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

function childrenBox(element: Element, box: (child: Element) => Rectangle | null): Rectangle | null {
  const boxes = [...element.children].flatMap((child) => {
    if (/^(defs|clippath|title)$/i.test(child.tagName)) return [];
    const own = box(child);
    return own ? [transformBox(parseTransform(child.getAttribute('transform')), own)] : [];
  });
  return union(boxes);
}
