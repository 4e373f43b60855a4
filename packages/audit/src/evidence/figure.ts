import type { Claim } from '../claim/claim';
import type { Interval } from '../numbers/interval';
import { type ParsedFigure, parseFigure, parseSignedFigure } from '../numbers/parse-figure';
import type { FigureReference } from '../report/report';

/** A printed figure under a reading: the quantity it stands for and the values that quantity may have. */
export interface Figure extends FigureReference {
  /** `accuracy`, `recall:2`, `ovr:0`, `macro:f1`, `f1ofmeans`, `cell:0:3` and so on. */
  readonly key: string;
  readonly interval: Interval;
  readonly decimals: number;
}

/** Reads a printed figure; the same text is parsed once. */
export type Parse = (text: string, at: FigurePlace) => Figure;

export interface FigurePlace {
  readonly field: string;
  readonly key: string;
  readonly meaning: string;
  /** The quantity may lie below 0. */
  readonly isSigned?: boolean;
}

/** Reads the figures of a claim under any number of readings. */
export function parser({ scale = 'fraction', rounding = 'nearest' }: Claim): Parse {
  const known = new Map<string, ParsedFigure>();
  return (text, { isSigned, ...at }) => {
    if (isSigned) return { ...parseSignedFigure(text, { field: at.field, rounding }), ...at };
    const parsed = known.get(text) ?? parseFigure(text, { field: at.field, scale, rounding });
    known.set(text, parsed);
    return { ...parsed, ...at };
  };
}

/** The figure with the shortest interval; the first of equals. */
export function narrowestOf(figures: readonly Figure[]): Figure | undefined {
  const width = ({ interval }: Figure) => interval.hi.sub(interval.lo);
  return figures.reduce<Figure | undefined>(
    (best, figure) => (best && width(best).lte(width(figure)) ? best : figure),
    undefined,
  );
}

/** Without the parts that only the audit's inside needs. */
export function toReference({ field, meaning, text }: Figure): FigureReference {
  return { field, meaning, text };
}
