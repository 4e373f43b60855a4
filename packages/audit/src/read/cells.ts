/** Longest cell whose text is looked at. */
const MAX_CELL = 300;

/** A cell without markup, footnote marks and superscripts. */
export function cleanCell(cell: string): string {
  return cell
    .slice(0, MAX_CELL)
    .trim()
    .replace(/\\(?:pm|textpm)(?![a-z])/g, '±')
    .replace(/_\s*\{?\s*(?=±)/g, '')
    .replace(/<sup>[^<]*<\/sup>|<sub>[^<]*<\/sub>/gi, '')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\^\{[^{}]*\}|\^\\[a-z]+|\^[^\s{]/gi, '')
    .replace(/\*\*|[`$†‡§¶{}]/g, '')
    .replace(/^__([^_\p{L}]*)__$/u, '$1')
    .replace(/\\([%&#_$|])/g, '$1')
    .replace(/(\d[\d.,]*\s*%?)\s*[*°ª↑↓▲▼⬆⬇]+(?=\s|$|[([])/g, '$1')
    .replace(/^\*+(?=\S)|(?<=\S)\*+$|^_(?=[^_])|(?<=[^_])_$/g, '')
    .replace(/\+\s*\/?\s*[-−–]/g, '±')
    .replace(/^\(?(?:TP|TN|FP|FN)\)?\s*[=:]?\s*(?=\d+$)|(?<=^\d+)\s*\((?:TP|TN|FP|FN)\)$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a cell with a figure says. */
export interface CellFigure {
  /** Digits with a decimal point, and a percent sign if there is one. */
  readonly text: string;
  readonly isPercent: boolean;
  /** The figure has a plus-minus behind it. */
  readonly isUncertain: boolean;
  /** What stands in brackets behind it, such as an interval. */
  readonly aside: string;
}

const FIGURE = /^[~≈=]?\s*(\d+(?:[ '’]\d{3})*(?:[.,·]\s?\d+)*|[.,·]\d+)\s*(%|％|\\%)?\s*(.*)$/;

/** Reads a figure such as `0.86`, `86,1 %`, `.86`, `0.86 ± 0.02`, `96·4% (96·1–96·8)` or `45/50 (90.0%)`; undefined if it is none. */
export function figureOf(cell: string): CellFigure | undefined {
  const fraction = /^(\d+\s*\/\s*\d+)\s*[([]\s*([\d.,]+\s*%?)\s*[)\]]$/.exec(cell.trim());
  const match = FIGURE.exec(fraction ? `${fraction[2]} (${fraction[1]})` : cell.trim());
  if (!match) return undefined;
  const rest = match[3]!.trim();
  const isUncertain = rest.startsWith('±');
  if (rest !== '' && !isUncertain && !/^[([]/.test(rest)) return undefined;
  const digits = pointed(match[1]!);
  if (digits === undefined) return undefined;
  const isPercent = match[2] !== undefined || (isUncertain && /%/.test(rest));
  const text = `${digits}${isPercent ? '%' : ''}`;
  return { text, isPercent, isUncertain, aside: isUncertain ? rest : rest.replace(/^[([]|[)\]]$/g, '') };
}

/** The number that a cell's figure shows, without its percent sign; undefined if there is none. */
export function numberIn(cell: string): number | undefined {
  const figure = figureOf(cell);
  return figure && Number(figure.text.replace('%', ''));
}

/** Digits with a point before the decimals, whichever mark stood there; undefined when there are two. */
function pointed(digits: string): string | undefined {
  const bare = digits.replace(/\s/g, '').replace('·', '.');
  if (/^\d*[.,]\d+$|^\d+$/.test(bare)) return bare.replace(',', '.');
  const grouped = /^\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/.exec(bare);
  if (!grouped) return undefined;
  const decimals = /[.,]\d+$/.exec(bare)?.[0] ?? '';
  const hasDecimals = decimals !== '' && decimals[0] !== grouped[1];
  const whole = hasDecimals ? bare.slice(0, -decimals.length) : bare;
  return whole.replace(/\D/g, '') + (hasDecimals ? `.${decimals.slice(1)}` : '');
}

/** A number of items such as `1024`, `1,024`, `6 215` or `7686.000000`; undefined if the cell is none. */
export function countOf(cell: string): number | undefined {
  const bare = cell.trim().replace(/^n\s*=\s*/i, '');
  if (/^\d+$/.test(bare)) return Number(bare);
  // pandas prints counts as 958.0 or 958.000.
  if (/^\d+\.0+$/.test(bare)) return Number(bare);
  if (/^[1-9]\d{0,2}(?:[.,\s'’]\d{3})+$/.test(bare)) return Number(bare.replace(/\D/g, ''));
  return undefined;
}

/** Whether a cell says that there is nothing. */
export function isBlank(cell: string): boolean {
  return /^(?:|[-–—−.]+|n\.?\/?a\.?|n\.?\s?[rd]\.?|nan|none|null|not reported|missing|\?|\/)$/i.test(
    cell.trim(),
  );
}
