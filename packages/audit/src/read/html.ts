import type { Block, GridRow } from './grid';

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  plusmn: '±',
  ndash: '–',
  mdash: '—',
  minus: '−',
  middot: '·',
  percnt: '%',
};

export function isHtml(text: string): boolean {
  return /<table[\s>]/i.test(text) || /<tr[\s>]/i.test(text);
}

/** Tables and loose lines of an HTML text, read tag by tag. */
export function htmlBlocks(text: string): Block[] {
  const reader = new HtmlReader();
  for (const part of text.split(/(<[^<>]*>)/)) reader.take(part);
  return reader.finish();
}

class HtmlReader {
  readonly #blocks: Block[] = [];
  #line = 1;
  #rows: GridRow[] = [];
  #cells: string[] | undefined;
  /** Text of the cell that is open, and the columns that it spans; 0 when none is open. */
  #cell = '';
  #span = 0;
  /** Text outside of tables. */
  #loose = '';

  take(part: string): void {
    const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(part);
    if (!tag) this.#text(part);
    else if (tag[1] === '/') this.#close(tag[2]!.toLowerCase());
    else this.#open(tag[2]!.toLowerCase(), part);
    this.#line += part.split('\n').length - 1;
  }

  finish(): Block[] {
    this.#endTable();
    this.#endLoose();
    return this.#blocks;
  }

  #text(part: string): void {
    if (this.#span > 0) this.#cell += part;
    else if (!this.#cells) this.#loose += part;
  }

  #open(name: string, tag: string): void {
    if (name === 'table') {
      this.#endTable();
      this.#endLoose();
    } else if (name === 'tr') {
      this.#endRow();
      this.#endLoose();
      this.#cells = [];
    } else if (name === 'td' || name === 'th') {
      this.#endCell();
      this.#cells ??= [];
      const columns = Number(/colspan\s*=\s*["']?(\d+)/i.exec(tag)?.[1] ?? 1);
      this.#span = Math.min(99, Math.max(1, columns));
    } else this.#mark(name, '^{');
  }

  #close(name: string): void {
    if (name === 'table') this.#endTable();
    else if (name === 'tr') this.#endRow();
    else if (name === 'td' || name === 'th') this.#endCell();
    else this.#mark(name, '}');
  }

  /** A superscript in a cell, or the end of a line. */
  #mark(name: string, brace: string): void {
    if (name === 'sup' && this.#span > 0) this.#cell += brace;
    if (!['br', 'p', 'div', 'li', 'caption'].includes(name)) return;
    if (this.#span > 0) this.#cell += ' ';
    else this.#endLoose();
  }

  #endCell(): void {
    const empty = new Array<string>(Math.max(0, this.#span - 1)).fill('');
    if (this.#span > 0) this.#cells?.push(decode(this.#cell), ...empty);
    this.#span = 0;
    this.#cell = '';
  }

  #endRow(): void {
    this.#endCell();
    if (this.#cells?.length) this.#rows.push({ line: this.#line, cells: this.#cells });
    this.#cells = undefined;
  }

  #endTable(): void {
    this.#endRow();
    if (this.#rows.length) this.#blocks.push({ type: 'grid', rows: this.#rows });
    this.#rows = [];
  }

  #endLoose(): void {
    const words = decode(this.#loose);
    if (words !== '') this.#blocks.push({ type: 'line', line: this.#line, text: words });
    this.#loose = '';
  }
}

function decode(text: string): string {
  return text
    .replace(/&#(\d{1,7});/g, (_, code: string) => String.fromCodePoint(Math.min(0x10ffff, Number(code))))
    .replace(/&([a-z]+);/gi, (whole, name: string) =>
      Object.hasOwn(ENTITIES, name.toLowerCase()) ? ENTITIES[name.toLowerCase()]! : whole,
    )
    .replace(/\s+/g, ' ')
    .trim();
}
