import type { RecognizedFace } from '../../../predict/recognize';

/** Shows a picture, with a numbered box around each face that was found. */
export function drawStage(
  canvas: HTMLCanvasElement,
  picture: ImageData,
  faces: readonly RecognizedFace[],
): void {
  const { width, height } = picture;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { alpha: false })!;
  context.putImageData(picture, 0, 0);
  const pen = new Pen(context, width / (canvas.clientWidth || width));
  for (const [i, face] of faces.entries()) pen.frame(face, i + 1);
}

/** Draws in white on black, which shows on every picture. */
class Pen {
  /** @param unit pixels of the picture that are one on the screen */
  constructor(
    readonly context: CanvasRenderingContext2D,
    readonly unit: number,
  ) {}

  frame({ found, emotion }: RecognizedFace, number: number): void {
    if (!found) return;
    const { x, y, width, height } = found.box;
    for (const [colour, thickness] of [
      ['#000', 5],
      ['#fff', 2.5],
    ] as const) {
      this.context.strokeStyle = colour;
      this.context.lineWidth = thickness * this.unit;
      this.context.strokeRect(x, y, width, height);
    }
    for (const point of Object.values(found.landmarks ?? {})) this.#dot(point);
    this.#label(`${number} ${emotion}`, { x, y: y > 26 * this.unit ? y - 26 * this.unit : y + height });
  }

  #dot({ x, y }: { x: number; y: number }): void {
    this.context.beginPath();
    this.context.arc(x, y, 2.5 * this.unit, 0, 2 * Math.PI);
    this.context.fillStyle = '#fff';
    this.context.fill();
    this.context.lineWidth = this.unit;
    this.context.strokeStyle = '#000';
    this.context.stroke();
  }

  #label(text: string, { x, y }: { x: number; y: number }): void {
    const { context, unit } = this;
    context.font = `600 ${15 * unit}px system-ui, sans-serif`;
    context.textBaseline = 'middle';
    const wide = context.measureText(text).width + 12 * unit;
    const left = Math.max(0, Math.min(x, context.canvas.width - wide));
    context.fillStyle = '#000';
    context.fillRect(left, y, wide, 24 * unit);
    context.fillStyle = '#fff';
    context.fillText(text, left + 6 * unit, y + 12.5 * unit);
  }
}
