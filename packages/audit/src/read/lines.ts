import { ClaimError } from '../error';

/** A line of a pasted text, with its number there. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** Most characters of a pasted text and of one of its lines. */
export const TEXT_LIMITS = { characters: 1_000_000, line: 20_000, lines: 20_000 } as const;

/** Characters that only space things out. */
const BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
const COLOURS = /\u001b\[[0-9;]*m/g;

/**
 * The lines of a pasted text without what stands around a table: fences of code, quotes and comment marks.
 * @throws ClaimError when the text is too long to be a table
 */
export function readLines(text: string): Line[] {
  const raw = text.replace(/\r\n?/g, '\n').split('\n');
  const longest = raw.reduce((most, line) => Math.max(most, line.length), 0);
  if (text.length > TEXT_LIMITS.characters || raw.length > TEXT_LIMITS.lines || longest > TEXT_LIMITS.line) {
    throw new ClaimError('the text is too long to be a table', {
      remedy: `paste the table alone: at most ${TEXT_LIMITS.lines} lines of ${TEXT_LIMITS.line} characters`,
    });
  }
  const bare = raw.map((line, index) => ({
    number: index + 1,
    text: line.replace(COLOURS, '').replace(BLANKS, ' ').replace(INVISIBLE, '').trimEnd(),
  }));
  return withoutComments(bare.filter(({ text: line }) => !/^\s*(?:~~~|```)\S*$/.test(line))).map(stripQuotes);
}

/** Takes off `#`, `##`, `>`, `//`, `%%` or `[INFO]` when every line with text begins with it, as reports in notebooks do. */
function withoutComments(lines: readonly Line[]): Line[] {
  const full = lines.filter(({ text }) => text.trim() !== '');
  const mark = /^\s*(##|#>|#|>|\/\/|%%|\[[A-Z]{4,8}\])/.exec(full[0]?.text ?? '')?.[1];
  if (!mark || full.length < 2 || !full.every(({ text }) => text.trimStart().startsWith(mark)))
    return [...lines];
  return lines.map(({ number, text }) => ({
    number,
    text: text.replace(mark, ' '.repeat(mark.length)).trimEnd(),
  }));
}

/** Quotes of a Python text that holds the table. */
function stripQuotes({ number, text }: Line): Line {
  return { number, text: text.replace(/^(\s*)[bru]?(?:'''|""")/, '$1').replace(/(?:'''|""")\s*$/, '') };
}
