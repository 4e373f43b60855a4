import type { CellFormat } from './table';

/** What a column in percent holds for a share, and one in points for a difference of shares. */
export const percent = (share: number) => 100 * share;

/** Both ends of an interval in percent. */
export const percents = ([low, high]: readonly [number, number]) => [percent(low), percent(high)] as const;

/** A number of images, filters or parameters. */
export const COUNT: CellFormat = { decimals: 0, thousands: true };
/** A share between 0 and 1, or an interval of one: an image of 3,589 moves it by .0003. */
export const SHARE: CellFormat = { decimals: 3 };
/** A difference of two shares. */
export const SHARE_DIFFERENCE: CellFormat = { decimals: 3, signed: true };
/** Text as the paper prints it. */
export const PRINTED: CellFormat = { printed: true };
/** A percentage, and a difference of two in points. */
export const PERCENT: CellFormat = { decimals: 2 };
export const POINTS: CellFormat = { decimals: 2, signed: true };
/** An interval of a percentage: its second decimal would pretend to a precision that it has not. */
export const PERCENT_INTERVAL: CellFormat = { decimals: 1 };
/** Minutes and the like. */
export const ONE_DECIMAL: CellFormat = { decimals: 1 };
/** Time of an image. */
export const MILLISECONDS: CellFormat = { decimals: 2 };
/** Whole numbers that stay short: epochs, seeds, views. */
export const WHOLE: CellFormat = { decimals: 0 };
