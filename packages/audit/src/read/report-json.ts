import type { Grid, GridRow } from './grid';
import type { Line } from './lines';
import { columnOf } from './words';

/** A class of a report as JSON or as a Python dictionary: its name, then its measures in braces. */
const ENTRY = /["']([^"'{}]{1,100})["']\s*:\s*\{([^{}]{1,500})\}/g;
const MEASURE = /["']([^"'{}]{1,40})["']\s*:\s*(?:np\.\w+\()?([\d.]+)/g;

/** The report of scikit-learn with `output_dict`, printed or saved as JSON; undefined if the text is none. */
export function reportBlocks(lines: readonly Line[]): Grid[] | undefined {
  const text = withoutInner(lines.map((line) => line.text).join('\n'));
  if (!/^\s*(?:\w+\s*=\s*)?\{/.test(text) || !/["'](?:precision|recall|f1-score)["']\s*:/.test(text))
    return undefined;
  const entries = [...text.matchAll(ENTRY)].map((match) => ({
    name: match[1]!,
    line: text.slice(0, match.index).split('\n').length,
    measures: new Map([...match[2]!.matchAll(MEASURE)].map(([, name, value]) => [name!, value!])),
  }));
  const titles = [...new Set(entries.flatMap(({ measures }) => [...measures.keys()]))];
  if (!titles.some((title) => columnOf(title) !== undefined)) return undefined;
  const rows: GridRow[] = entries.map(({ name, line, measures }) => ({
    line,
    cells: [name, ...titles.map((title) => measures.get(title) ?? '')],
  }));
  const alone = /["']accuracy["']\s*:\s*(?:np\.\w+\()?([\d.]+)/.exec(text);
  if (alone) rows.push({ line: 1, cells: ['accuracy', alone[1]!, ...titles.slice(1).map(() => '')] });
  return [{ type: 'grid', rows: [{ line: 1, cells: ['Class', ...titles] }, ...rows] }];
}

/** Groups in braces that hold no measures, such as the classes that a class is confused with, as blanks. */
function withoutInner(text: string): string {
  return text.replace(/,?\s*["'][^"'{}]{1,40}["']\s*:\s*\{[^{}]{0,2000}\}/g, (group) =>
    /["'](?:precision|recall|f1-score|support)["']\s*:/.test(group) ? group : group.replace(/[^\n]/g, ''),
  );
}
