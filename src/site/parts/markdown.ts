import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';
import type { Marked, RendererObject, Tokens } from 'marked';
import { escapeMarkup } from '../../markup';
import { Html, html } from './html';
import { framedImage } from './picture';

hljs.registerLanguage('bash', bash);
hljs.registerLanguage('json', json);
hljs.registerLanguage('typescript', typescript);

/** Gives the address of a link or picture of a document, or null where the site has no such page. */
export type LinkResolver = (href: string) => string | null;

export interface MarkdownOptions {
  readonly resolve: LinkResolver;
  /** Level that the document's first heading gets; below it the others follow. */
  readonly level?: number;
}

/** Renders Markdown to HTML; HTML within it is shown as text. */
export type RenderMarkdown = (text: string, options: MarkdownOptions) => Html;

/** Loads the renderer: marked comes as a module alone. */
export async function loadMarkdown(): Promise<RenderMarkdown> {
  const { Marked } = await import('marked');
  return (text, options) => {
    const marked: Marked = new Marked({ gfm: true, renderer: rendererOf(options) });
    return new Html(marked.parse(text, { async: false }));
  };
}

function rendererOf({ resolve, level = 1 }: MarkdownOptions): RendererObject {
  const ids = new Set<string>();
  return {
    html: ({ text }) => escapeMarkup(text),
    heading({ depth, tokens, text }) {
      const tag = `h${Math.min(6, depth + level - 1)}`;
      return `<${tag} id="${freeId(text, ids)}">${this.parser.parseInline(tokens)}</${tag}>\n`;
    },
    link({ href, tokens }) {
      const address = addressOf(href, resolve);
      const text = this.parser.parseInline(tokens);
      return address === null ? text : `<a href="${escapeMarkup(address)}">${text}</a>`;
    },
    image({ href, text }) {
      const address = addressOf(href, resolve);
      if (address === null) return escapeMarkup(text);
      return framedImage({ address, alt: text }).text;
    },
    code: ({ text, lang }) => codeBlock(text, lang).text,
    table(token) {
      const rows = token.rows.map(
        (row) => `<tr>${row.map((cell) => cellOf(cell, 'td', this)).join('')}</tr>`,
      );
      const head = token.header.map((cell) => cellOf(cell, 'th scope="col"', this)).join('');
      return `<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>\n`;
    },
  };
}

type Renderer = { parser: { parseInline(tokens: Tokens.Generic[]): string } };

function cellOf({ tokens, align }: Tokens.TableCell, tag: string, renderer: object): string {
  const text = (renderer as Renderer).parser.parseInline(tokens);
  return `<${tag} class="${align === 'right' ? 'number' : 'text'}">${text || '&nbsp;'}</${tag.split(' ')[0]}>`;
}

/** Addresses with a scheme stay; a script is no address. */
function addressOf(href: string, resolve: LinkResolver): string | null {
  if (/^(https?|mailto):/i.test(href)) return href;
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return null;
  return href.startsWith('#') ? href : resolve(href);
}

function freeId(text: string, taken: Set<string>): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(/\s+/g, '-');
  let id = plain || 'section';
  for (let i = 2; taken.has(id); i++) id = `${plain}-${i}`;
  taken.add(id);
  return id;
}

/** A block of code, coloured where its language is known. */
export function codeBlock(text: string, language?: string): Html {
  const known = language && hljs.getLanguage(language);
  const code = known ? new Html(hljs.highlight(text, { language }).value) : text;
  return html`<pre tabindex="0"><code>${code}</code></pre>
`;
}
