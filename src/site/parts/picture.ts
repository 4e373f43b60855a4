import { type Html, html } from './html';

/** An image of a page, with its address and what it says to those who can't see it. */
export interface PageImage {
  readonly address: string;
  readonly alt: string;
  /** Of the frame; where a figure becomes interactive. */
  readonly id?: string;
  /** In pixels, so that the page keeps its place while the image loads. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** An image in a frame, which scrolls sideways where the screen is narrow, with the keyboard too. */
export function framedImage({ address, alt, id, size }: PageImage): Html {
  const measures = size && html` width="${size.width}" height="${size.height}"`;
  return html`<span class="picture"${id && html` id="${id}"`} tabindex="0" role="group" aria-label="${alt}"><img src="${address}"${measures} alt="${alt}" loading="lazy"></span>`;
}
