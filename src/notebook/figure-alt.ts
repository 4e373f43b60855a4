import type { PlotlyFigure } from '../report/figure';

interface Trace {
  readonly type?: string;
  readonly name?: string;
}

interface Axis {
  readonly title?: { readonly text?: string };
}

const KINDS: Readonly<Record<string, string>> = {
  bar: 'bars',
  heatmap: 'matrix',
  scatter: 'lines and points',
};

const plain = (text: string) =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** What a figure shows, for readers who do not see it: title, kind, axes and series. Tables beside figures hold the numbers. */
export function figureAlt({ data, layout }: PlotlyFigure): string {
  const traces = data as readonly Trace[];
  const kinds = new Set(traces.map(({ type = 'scatter' }) => KINDS[type] ?? type));
  const names = traces.flatMap(({ name }) => (name ? [plain(name)] : []));
  const axes = (['x', 'y'] as const).flatMap((letter) => {
    const text = (layout[`${letter}axis`] as Axis | undefined)?.title?.text;
    return text ? [`${letter} axis: ${plain(text)}`] : [];
  });
  const title = plain(layout.title?.text ?? 'Figure without a title');
  return [
    title,
    [...kinds].join(', '),
    ...axes,
    ...(names.length > 0 ? [`series: ${names.join(', ')}`] : []),
  ].join('; ');
}
