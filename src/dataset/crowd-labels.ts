import { sumOf } from '../sum';
import { choicesOfClasses, leadingClasses, votesOf } from './crowd';
import type { ImageDataset } from './dataset';
import type { FerPlusVotes } from './ferplus';

/** Labels that the raters of FER+ give: the choice that leads, or the shares of their votes. */
export const CROWD_LABELS = ['crowd-leader', 'crowd-votes'] as const;
export type CrowdLabelKind = (typeof CROWD_LABELS)[number];

/** What the raters saw in some images. */
export interface CrowdLabels {
  /** The images that have such a label, in the order in which they were asked for. */
  readonly rows: Uint32Array;
  /** Class with most votes, by row of the data set; the data's own where an image is not among {@link rows}. */
  readonly labels: Uint8Array;
  /** Shares of the votes for the classes, [rows.length, classes]; null where the leading choice alone counts. */
  readonly shares: Float32Array | null;
}

/**
 * The labels that the raters give. `crowd-leader` takes images on which one choice leads and is a class; `crowd-votes` takes
 * images with votes for a class, and divides the label among the classes as the raters did. Votes for no class (contempt,
 * unknown, not a face) do not count there.
 * @param rows images that are asked about
 */
export function crowdLabels(
  votes: FerPlusVotes,
  dataset: Pick<ImageDataset, 'spec' | 'labels'>,
  { kind, rows }: { readonly kind: CrowdLabelKind; readonly rows: Uint32Array },
): CrowdLabels {
  return kind === 'crowd-leader' ? leaders(votes, dataset, rows) : shares(votes, dataset, rows);
}

function leaders(
  votes: FerPlusVotes,
  { spec, labels }: Pick<ImageDataset, 'spec' | 'labels'>,
  asked: Uint32Array,
): CrowdLabels {
  const leading = leadingClasses(votes, spec);
  const rows = asked.filter((row) => leading[row]! >= 0);
  const learnt = labels.slice();
  for (const row of rows) learnt[row] = leading[row]!;
  return { rows, labels: learnt, shares: null };
}

function shares(
  votes: FerPlusVotes,
  { spec, labels }: Pick<ImageDataset, 'spec' | 'labels'>,
  asked: Uint32Array,
): CrowdLabels {
  const choices = choicesOfClasses(spec);
  const countsOf = (row: number) => {
    const all = votesOf(votes, row);
    return choices.map((choice) => all[choice]!);
  };
  const rows = asked.filter((row) => sumOf(countsOf(row)) > 0);
  const learnt = labels.slice();
  const all = new Float32Array(rows.length * choices.length);
  for (const [at, row] of rows.entries()) {
    const counts = countsOf(row);
    const total = sumOf(counts);
    learnt[row] = counts.indexOf(Math.max(...counts));
    all.set(
      counts.map((count) => count / total),
      at * choices.length,
    );
  }
  return { rows, labels: learnt, shares: all };
}
