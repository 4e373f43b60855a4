import { FER2013 } from './specs/fer2013';

export { countByClass } from './counts';

/** Images of each class (rows, by label) in each official part (columns, by usage). Goodfellow et al. 2013. */
export const OFFICIAL_COUNTS = FER2013.officialCounts;
