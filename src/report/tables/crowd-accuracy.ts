import type { CrowdLabelKind } from '../../dataset/crowd-labels';
import type { CrowdAccuracy } from '../../evaluate/crowd-accuracy';
import { COUNT, PERCENT, PERCENT_INTERVAL, percent, percents } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';
import type { SlicesNames } from './slices';

const LEARNT: Readonly<Record<CrowdLabelKind, string>> = {
  'crowd-leader': 'leading choice of FER+',
  'crowd-votes': 'votes of FER+',
};

/** Accuracy by the data's own labels beside accuracy by the choices of the FER+ raters: two questions, never one number. */
export function tableCrowdAccuracy(
  rows: readonly CrowdAccuracy[],
  names: Omit<SlicesNames, 'hasVotes'>,
): ReportTable<CrowdAccuracy> {
  return {
    title: titled(`Accuracy by two kinds of labels on the ${names.part} part`, names),
    columns: [
      column('Model', (row) => (row.names.length > 1 ? `mean of ${row.names.length} seeds` : row.names[0])),
      column('Labels learnt', ({ learnt }) => (learnt ? LEARNT[learnt] : 'own')),
      column('Images learnt', ({ imagesLearnt }) => imagesLearnt, COUNT),
      column('By own labels, %', ({ own }) => percent(own.accuracy), PERCENT),
      column('95 % interval', ({ own }) => percents(own.interval), PERCENT_INTERVAL),
      column('Images', ({ own }) => own.images, COUNT),
      column('By FER+ choices, %', ({ leader }) => percent(leader.accuracy), PERCENT),
      column('95 % interval, FER+', ({ leader }) => percents(leader.interval), PERCENT_INTERVAL),
      column('Images, FER+', ({ leader }) => leader.images, COUNT),
    ],
    rows,
    notes: [
      "From saved predictions. FER+ choices: images on which one choice of the raters leads and is one of the classes. Intervals are those of Wilson, of means Student's over the seeds, which leaves out the choice of the images.",
    ],
  };
}
