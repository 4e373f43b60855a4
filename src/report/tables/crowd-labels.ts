import { choicesOfClasses, countCrowdLabels } from '../../dataset/crowd';
import type { ImageDataset } from '../../dataset/dataset';
import { FERPLUS_CHOICES, type FerPlusVotes } from '../../dataset/ferplus';
import { sumOf } from '../../sum';
import { COUNT, SHARE } from '../columns';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';
import { NO_VOTES } from './crowd-votes';

interface LabelRow {
  readonly label: number;
  /** Images by the choice that leads. */
  readonly led: readonly number[];
}

/**
 * The labels (rows) against the leaders of FER+ (columns) in images, ties left out, with the share of each
 * row whose leader is the label.
 * @param votes null where there are none: the table then has no rows
 */
export function tableCrowdLabels(
  dataset: Pick<ImageDataset, 'spec' | 'labels'>,
  votes: FerPlusVotes | null,
): ReportTable<LabelRow> {
  const { classes } = dataset.spec;
  const own = choicesOfClasses(dataset.spec);
  const others = FERPLUS_CHOICES.flatMap((_, choice) => (own.includes(choice) ? [] : [choice]));
  const counts = votes ? countCrowdLabels(votes, dataset) : [];
  const shareAgreeing = ({ label, led }: LabelRow) =>
    led[own[label]!]! / Math.max(1, sumOf(own.map((choice) => led[choice]!)));
  return {
    title: titledFor('Labels and the leading choices of the FER+ raters', dataset),
    columns: [
      column('label', ({ label }) => classes[label]),
      ...[...own, ...others].map((choice) =>
        column<LabelRow>(FERPLUS_CHOICES[choice]!, ({ led }) => led[choice], COUNT),
      ),
      column('leader is label', shareAgreeing, SHARE),
    ],
    rows: counts.map((led, label) => ({ label, led })),
    notes: votes
      ? [
          'Images with a tie are left out. The last column is a share of the images whose leading choice is one of the seven emotions.',
        ]
      : [NO_VOTES],
  };
}
