import { joinText, type NotebookCell, type NotebookOutput } from '../../notebook/notebook-file';
import type { PlotlyFigure } from '../../report/figure';
import { dataElement, type Html, html } from './html';
import { codeBlock, type LinkResolver, type RenderMarkdown } from './markdown';
import { framedImage } from './picture';

export interface NotebookContext {
  /** Begins the ids of its figures. */
  readonly id: string;
  readonly render: RenderMarkdown;
  readonly resolve: LinkResolver;
  /** Keeps a picture of an output. @returns its address */
  readonly savePicture: (name: string, bytes: Buffer) => string;
}

/** The cells of an executed notebook, with their outputs. */
export function notebookCells(cells: readonly NotebookCell[], context: NotebookContext): Html[] {
  return cells.map((cell, at) => cellHtml(cell, { ...context, id: `${context.id}-${at}` }));
}

function cellHtml(cell: NotebookCell, context: NotebookContext): Html {
  const source = joinText(cell.source);
  if (cell.cell_type !== 'code') {
    return html`<div class="document">${context.render(source, { resolve: context.resolve, level: 2 })}</div>
`;
  }
  const outputs = (cell.outputs ?? []).map((output, at) =>
    outputHtml(output, { ...context, id: `${context.id}-${at}` }),
  );
  return html`<div class="cell">${codeBlock(source, 'typescript')}${outputs.some((output) => output.text !== '') && html`<div class="output">${outputs}</div>`}</div>
`;
}

/** The best form of an output that a page can show: a figure, a picture, a table, text. */
function outputHtml(output: NotebookOutput, context: NotebookContext): Html {
  const { data = {} } = output;
  const textOf = (type: string) => joinText(data[type] as string | string[] | undefined);
  const plain = textOf('text/plain') || joinText(output.text);
  if (output.output_type === 'error') return textHtml(`${output.ename}: ${output.evalue}`);
  const picture = pictureOf(data, context);
  if (picture)
    return pictureHtml(picture, { alt: plain, context, figure: data[PLOTLY] as PlotlyFigure | undefined });
  if (data['text/markdown']) {
    return html`<div class="document">${context.render(textOf('text/markdown'), { resolve: context.resolve, level: 4 })}</div>`;
  }
  return textHtml(plain);
}

const PLOTLY = 'application/vnd.plotly.v1+json';

/** Terminals colour text by escape sequences. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const COLOURS = /\u001b\[[0-9;]*m/g;

function textHtml(text: string): Html {
  const shown = text.replaceAll(COLOURS, '').trim();
  return shown === '' ? html`` : html`<pre tabindex="0">${shown}</pre>`;
}

/** Saves the picture of an output. @returns its address; null where there is none */
function pictureOf(data: Record<string, unknown>, { id, savePicture }: NotebookContext): string | null {
  const text = (type: string) => joinText(data[type] as string | string[] | undefined);
  if (data['image/svg+xml']) return savePicture(`${id}.svg`, Buffer.from(text('image/svg+xml')));
  if (data['image/png']) return savePicture(`${id}.png`, Buffer.from(text('image/png'), 'base64'));
  return null;
}

function pictureHtml(
  address: string,
  {
    alt,
    context: { id },
    figure,
  }: { alt: string; context: NotebookContext; figure: PlotlyFigure | undefined },
): Html {
  return html`<figure>${framedImage({ address, alt, id: `plot-${id}` })}</figure>
${
  figure &&
  html`<p class="actions"><button type="button" data-figure="${id}">Make interactive</button></p>
${dataElement(`figure-${id}`, { data: figure.data, layout: figure.layout })}`
}`;
}
