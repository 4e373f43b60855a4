import Papa from 'papaparse';

/** Whether a cell titles a column that is known. */
type IsTitle = (cell: string) => boolean;

/**
 * Rows of bare cells: of LaTeX, a Markdown table, text with separators, or columns made of blanks.
 * @param isTitle tells titles of columns from names of classes
 */
export function readRows(text: string, isTitle: IsTitle): string[][] {
  const bare = text.replace(/\r\n?/g, '\n').replace(/[\u00a0\u2007\u2009\u202f]/g, ' ');
  const rows = splitRows(bare, isTitle).map((cells) => cells.map(cleanCell));
  return rows.filter((cells) => cells.some((cell) => cell !== ''));
}

function splitRows(text: string, isTitle: IsTitle): string[][] {
  if (/(?<!\\)&/.test(text) && /\\\\|\\begin\s*\{tabular/.test(text)) return latexRows(text);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const piped = lines.filter((line) => /(?<!\\)\|/.test(line));
  if (piped.length > 1 && piped.length * 2 > lines.length) return markdownRows(piped);
  const delimiter = ['\t', ';', ','].find((mark) => lines[0]?.includes(mark));
  if (delimiter) return Papa.parse<string[]>(lines.join('\n'), { delimiter }).data;
  return blankRows(
    lines.map((line) => line.trim()),
    isTitle,
  );
}

/** Rows of a Markdown table, without the line of dashes below the titles. */
function markdownRows(lines: readonly string[]): string[][] {
  return lines
    .map((line) => line.trim())
    .filter((line) => !/^[\s|:+-]+$/.test(line))
    .map((line) => line.replace(/^\||(?<!\\)\|$/g, '').split(/(?<!\\)\|/));
}

/** Contents of a pair of braces that may hold one more level of them. */
const BRACES = String.raw`\s*\{((?:[^{}]|\{[^{}]*\})*)\}`;
const RULES =
  /\\(?:(?:top|mid|bottom)rule|hline|addlinespace|centering|(?:c|cmid)(?:line|rule))(?:\([^)]*\)|\[[^\]]*\]|\{[^}]*\})*/g;
const WRAPPERS =
  /\\(?:text(?:bf|it|rm|sc|tt)?|math(?:bf|rm|it)|emph|underline|makecell|boldsymbol|bm)\s*\{([^{}]*)\}/g;
const SPANS = new RegExp(String.raw`\\multicolumn${BRACES}${BRACES}${BRACES}`, 'g');
const MULTIROW = new RegExp(
  String.raw`\\(?:multirow(?:\[[^\]]*\])?${BRACES}|rotatebox(?:\[[^\]]*\])?)${BRACES}${BRACES}`,
  'g',
);

/** Rows of a tabular, or of lines taken out of one; a cell that spans columns is followed by empty ones. */
function latexRows(text: string): string[][] {
  const inside = /\\begin\s*\{tabular[^}]*\}([\s\S]*?)(?:\\end\s*\{tabular|$)/.exec(text);
  const preamble = new RegExp(String.raw`^(?:\s*\[[^\]]*\]|${BRACES})+`);
  const body = (inside ? inside[1]!.replace(preamble, '') : text).replace(/(?<!\\)%.*$/gm, '');
  return body
    .split(/\\\\(?:\[[^\]]*\])?|\\tabularnewline/)
    .map((row) => unwrap(row.replace(RULES, '').replace(/\\(?:bf|it)(?:series|shape)?(?![a-z])/g, '')))
    .filter((row) => /(?<!\\)&/.test(row))
    .map((row) => row.split(/(?<!\\)&/));
}

function unwrap(row: string): string {
  let inner = row;
  for (let before = ''; before !== inner; ) {
    before = inner;
    inner = inner.replace(WRAPPERS, '$1');
  }
  return inner.replace(MULTIROW, '$3').replace(SPANS, (_, count: string, _spec, content: string) => {
    return content + '&'.repeat(Math.min(99, Math.max(0, Number(count) - 1)) || 0);
  });
}

const FIGURE_LIKE = /^(?:[\d.,]+%?|[-–—]|nan)$/i;

/** Columns made of blanks, as in scikit-learn's report: figures stand flush right, the rest of a line is its name. */
function blankRows([head = '', ...lines]: readonly string[], isTitle: IsTitle): string[][] {
  const wide = head.split(/\s{2,}/);
  const titles = wide.length > 1 ? wide : head.split(/\s+/);
  if (isTitle(titles[0]!)) titles.unshift('');
  const columns = titles.length - 1;
  return [titles, ...lines.map((line) => blankCells(line.split(/\s+/), columns))];
}

function blankCells(words: readonly string[], columns: number): string[] {
  let figures = 0;
  while (figures < Math.min(columns, words.length - 1) && FIGURE_LIKE.test(words.at(-1 - figures)!))
    figures++;
  const split = words.length - figures;
  const empty = new Array<string>(columns - figures).fill('');
  return [words.slice(0, split).join(' '), ...empty, ...words.slice(split)];
}

/** Takes a cell out of its markup and superscripts; of a figure with an uncertainty, in brackets or behind a plus-minus, the figure. */
function cleanCell(cell: string): string {
  const bare = cell
    .replace(/<sup>.*?<\/sup>|\^(?:\{[^{}]*\}|\\[a-z]+|\S)/gi, '')
    .replace(/<[^<>]*>/g, '')
    .replace(/\\[,;: ]|~/g, ' ')
    .replace(/\\pm(?![a-z])|\+\s*\/?\s*-/g, '±')
    .replace(/\\([%&#_$|])/g, '$1')
    .replace(/[*$`{}†‡]/g, '')
    .replace(/_(?=\s*±)/g, '')
    .trim()
    .replace(/^_+|_+$/g, '');
  const [figure = '', ...uncertainty] = bare.split('±').map((part) => part.trim());
  const percent = uncertainty.some((part) => part.includes('%')) && !figure.includes('%') ? '%' : '';
  return `${figure.replace(/^([\d.,]+\s*%?)\s*\([^)]*\)$/, '$1')}${percent}`.trim();
}
