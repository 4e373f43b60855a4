import { PAPER_DATASET } from '../../dataset/specs';

const { files, votes } = PAPER_DATASET;

/** What is said below a table where there are no votes to count. */
export const NO_VOTES = `No FER+ votes were found. They are distributed as ${votes?.files.at(-1)} (Barsoum et al. 2016), with the rows of ${files?.tables[0]}. Put this file beside the data or into data/, or set $FERPLUS to its path. The synthetic sample has no votes.`;
