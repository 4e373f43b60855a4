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

/** A number of columns or rows that a tag names; 1 unless it does. */
function spanOf(tag: string, pattern: RegExp): number {
  return Math.min(99, Math.max(1, Number(pattern.exec(tag)?.[1] ?? 1)));
}

class HtmlReader {
  readonly #blocks: Block[] = [];
  #line = 1;
  #rows: GridRow[] = [];
  #cells: string[] | undefined;
  /** Text of the cell that is open, and the columns that it spans; 0 when none is open. */
  #cell = '';
  #span = 0;
  /** Rows that the open cell spans. */
  #depth = 1;
  /** Number of the row that is open, and by column the last row into which a cell from above goes on. */
  #row = 0;
  readonly #goesOn = new Map<number, number>();
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
      this.#row++;
      this.#fillSpanned();
    } else if (name === 'td' || name === 'th') {
      this.#endCell();
      this.#cells ??= [];
      this.#span = spanOf(tag, /colspan\s*=\s*["']?(\d+)/i);
      this.#depth = spanOf(tag, /rowspan\s*=\s*["']?(\d+)/i);
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
    const first = this.#cells?.length ?? 0;
    const empty = new Array<string>(Math.max(0, this.#span - 1)).fill('');
    if (this.#span > 0) this.#cells?.push(decode(this.#cell), ...empty);
    for (let k = 0; k < this.#span; k++) this.#goesOn.set(first + k, this.#row + this.#depth - 1);
    if (this.#span > 0) this.#fillSpanned();
    this.#span = 0;
    this.#cell = '';
  }

  /** Empty cells where a cell of a row above goes on. */
  #fillSpanned(): void {
    const cells = this.#cells;
    while (cells && (this.#goesOn.get(cells.length) ?? 0) >= this.#row) cells.push('');
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
    this.#goesOn.clear();
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
