import type { GridRow } from './grid';

/** Commands whose arguments are no text of the table; the number of arguments in braces. */
const DROPPED: ReadonlyMap<string, number> = new Map(
  Object.entries({
    cite: 1,
    citep: 1,
    citet: 1,
    ref: 1,
    label: 1,
    footnote: 1,
    footnotemark: 0,
    tnote: 1,
    caption: 1,
    cellcolor: 1,
    rowcolor: 1,
    color: 1,
    vspace: 1,
    hspace: 1,
    cline: 1,
    cmidrule: 1,
    setlength: 2,
    renewcommand: 2,
    rotatebox: 1,
    textcolor: 1,
    resizebox: 2,
    begin: 1,
    end: 1,
  }),
);

/** Commands that stand for a character. */
const CHARACTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pm: '±',
    textpm: '±',
    times: '×',
    sim: '~',
    approx: '~',
    newline: ' ',
    quad: ' ',
    dagger: '',
  }),
);

/** Whether a text looks like LaTeX's tables. */
export function isLatex(text: string): boolean {
  return (
    /\\begin\s*\{(?:tabular|longtable|array|tblr)/.test(text) || (/[^\\]&/.test(text) && /\\\\/.test(text))
  );
}

/** Tables of a LaTeX text; what stands outside of tabulars is left to the caller. */
export function latexTables(text: string): GridRow[][] {
  const begin = /\\begin\s*\{(?:tabular[xy*]?|longtable|array|tblr)\*?\}/g;
  const starts = [...text.matchAll(begin)].map((match) => match.index + match[0].length);
  if (starts.length === 0) return [rowsOf(text, 1)];
  return starts.map((start, i) => {
    const stop = text.indexOf('\\end', start);
    const end = Math.min(stop < 0 ? text.length : stop, starts[i + 1] ?? text.length);
    const line = text.slice(0, start).split('\n').length;
    return rowsOf(withoutSpecification(text.slice(start, end)), line);
  });
}

/** Takes off the placement, the width and the columns behind `\begin{tabular}`. */
function withoutSpecification(body: string): string {
  let at = 0;
  for (;;) {
    while (/\s/.test(body[at] ?? '')) at++;
    const close = body[at] === '[' ? body.indexOf(']', at) + 1 : body[at] === '{' ? groupEnd(body, at) : 0;
    if (close <= at) return body.slice(at);
    at = close;
  }
}

/** Index behind the brace that closes the one at `at`; the end of the text when none does. */
function groupEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i + 1;
  }
  return text.length;
}

/** Cells of rows that end in `\\`, in one pass from left to right. */
function rowsOf(text: string, firstLine: number): GridRow[] {
  const rows: GridRow[] = [];
  const scan = new Scanner(text, firstLine);
  let cells: string[] = [''];
  let line = firstLine;
  for (let token = scan.next(); token !== undefined; token = scan.next()) {
    if (token === '&') cells.push('');
    else if (token === '\\\\') {
      rows.push({ line, cells });
      cells = [''];
      line = scan.line;
    } else {
      if (cells.length === 1 && cells[0]!.trim() === '') line = scan.line;
      cells[cells.length - 1] += token;
    }
  }
  if (cells.length > 1) rows.push({ line, cells });
  return rows.filter((row) => row.cells.length > 1 || row.cells[0]!.trim() !== '');
}

/** Reads LaTeX token by token: ends of cells and rows, and the text between without commands. */
class Scanner {
  line: number;
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** Empty cells to add when the group of a spanning cell closes. */
  readonly #spans: { depth: number; cells: number }[] = [];
  #pending = 0;

  constructor(text: string, line: number) {
    this.#text = text;
    this.line = line;
  }

  next(): string | undefined {
    if (this.#pending > 0) {
      this.#pending--;
      return '&';
    }
    const character = this.#text[this.#at++];
    switch (character) {
      case '\n':
        this.line++;
        return ' ';
      case '%':
        while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at++;
        return '';
      case '{':
        this.#depth++;
        return '';
      case '}':
        return this.#close();
      case '~':
        return ' ';
      case '$':
      case '_':
        return '';
      case '^':
        return this.#superscript();
      case '\\':
        return this.#command();
      default:
        return character;
    }
  }

  /** Superscripts are marks of footnotes. */
  #superscript(): string {
    const next = this.#text[this.#at];
    if (next === '{') this.#group();
    else if (next === '\\')
      this.#at += 1 + (/^[A-Za-z]+/.exec(this.#text.slice(this.#at + 1, this.#at + 40))?.[0].length ?? 1);
    else this.#at++;
    return '';
  }

  #close(): string {
    this.#depth--;
    const span = this.#spans.at(-1);
    if (span && this.#depth < span.depth) {
      this.#spans.pop();
      this.#pending += span.cells;
    }
    return '';
  }

  #command(): string {
    const name = /^[A-Za-z]+\*?/.exec(this.#text.slice(this.#at, this.#at + 40))?.[0];
    if (!name) {
      const character = this.#text[this.#at++] ?? '';
      if (character === '\\') {
        this.#skipBrackets();
        return '\\\\';
      }
      return ',;:! '.includes(character)
        ? character === ' '
          ? ' '
          : ''
        : character === '%'
          ? '%'
          : character;
    }
    this.#at += name.length;
    return this.#apply(name.replace('*', ''));
  }

  #apply(name: string): string {
    if (name === 'tabularnewline') return '\\\\';
    if (name === 'multicolumn' || name === 'multirow') {
      this.#skipBrackets();
      const count = Number(this.#group());
      this.#skipBrackets();
      this.#group();
      if (name === 'multicolumn' && count > 1) {
        this.#spans.push({ depth: this.#depth + 1, cells: Math.min(99, count - 1) });
      }
      return '';
    }
    const dropped = DROPPED.get(name);
    if (dropped === undefined) return CHARACTERS.get(name) ?? '';
    this.#skipBrackets();
    for (let i = 0; i < dropped; i++) this.#group();
    return '';
  }

  /** Takes the next group in braces, if one follows. */
  #group(): string {
    while (this.#text[this.#at] === ' ') this.#at++;
    if (this.#text[this.#at] !== '{') return '';
    const end = groupEnd(this.#text, this.#at);
    const content = this.#text.slice(this.#at + 1, end - 1);
    for (const character of content) if (character === '\n') this.line++;
    this.#at = end;
    return content;
  }

  #skipBrackets(): void {
    const option = /^(?:\[[^[\]\n]*\]|\([^()\n]*\))+/.exec(this.#text.slice(this.#at, this.#at + 200));
    if (option) this.#at += option[0].length;
  }
}
