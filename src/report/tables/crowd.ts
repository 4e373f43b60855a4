import { choicesOfClasses, countCrowdLabels, leadersOf, summarizeVotes } from '../../dataset/crowd';
import type { ImageDataset } from '../../dataset/dataset';
import { FERPLUS_CHOICES, type FerPlusVotes } from '../../dataset/ferplus';
import { type ConfidenceInterval, wilsonInterval } from '../../evaluate/intervals';
import { sumOf } from '../../sum';
import { COUNT, SHARE } from '../columns';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';
import { NO_VOTES } from './crowd-votes';

interface CrowdRow {
  readonly what: string;
  readonly among: string;
  /** Images; null where votes are counted. */
  readonly of: number | null;
  readonly count: number | null;
  readonly share: number;
  readonly interval: ConfidenceInterval | null;
}

type Labelled = Pick<ImageDataset, 'spec' | 'labels'>;

/**
 * The labels against the ten raters of FER+: how often the leading choice is the label, and how often raters agree with
 * each other.
 * @param votes null where there are none: the table then has no rows, and says how to get them
 */
export function tableCrowd(dataset: Labelled, votes: FerPlusVotes | null): ReportTable<CrowdRow> {
  return {
    title: titledFor('Labels and votes of the ten FER+ raters', dataset),
    columns: [
      column('what', ({ what }) => what),
      column('among', ({ among }) => among),
      column('of', ({ of }) => of, COUNT),
      column('count', ({ count }) => count, COUNT),
      column('share', ({ share }) => share, SHARE),
      column('95 % interval', ({ interval }) => interval, SHARE),
    ],
    rows: votes ? [...leaderRows(dataset, votes), ...raterRows(votes)] : [],
    notes: votes
      ? [
          'The leader is the choice with the most votes; an image with a tie has none. Wilson intervals over images; shares of votes have no interval, because the votes for one image depend on each other.',
          'The share of images whose leader is the label is not an upper bound for a classifier. Labels and votes were made in different ways, and a network that learns from the labels can predict a label that the raters reject.',
        ]
      : [NO_VOTES],
  };
}

function leaderRows(dataset: Labelled, votes: FerPlusVotes): CrowdRow[] {
  const counts = countCrowdLabels(votes, dataset);
  const own = choicesOfClasses(dataset.spec);
  const agreeing = sumOf(own.map((choice, label) => counts[label]![choice]!));
  const ledBy = (choice: number) => sumOf(counts.map((row) => row[choice]!));
  const led = (name: (typeof FERPLUS_CHOICES)[number]) => ledBy(FERPLUS_CHOICES.indexOf(name));
  const tied = leadersOf(votes).filter((leader) => leader < 0).length;
  const seven = sumOf(own.map(ledBy));
  const line = (what: string, among: string, [count, of]: readonly [number, number]) => ({
    what,
    among,
    of,
    count,
    share: count / of,
    interval: wilsonInterval(count, of),
  });
  const all = votes.count;
  return [
    line('the leader is the label', 'images whose leader is one of the seven emotions', [agreeing, seven]),
    line('the leader is the label', 'images whose leader is one of the seven emotions or contempt', [
      agreeing,
      seven + led('contempt'),
    ]),
    line('the leader is the label', 'all images', [agreeing, all]),
    line('two or more choices tie for the lead', 'all images', [tied, all]),
    line('the leader is "unknown"', 'all images', [led('unknown'), all]),
    line('the leader is "not a face"', 'all images', [led('NF'), all]),
  ];
}

function raterRows(votes: FerPlusVotes): CrowdRow[] {
  const { taggerAgreement, taggerAgreementOnEmotions, bestSingleAnswer } = summarizeVotes(votes);
  const line = (what: string, among: string, share: number) => ({
    what,
    among,
    of: null,
    count: null,
    share,
    interval: null,
  });
  return [
    line('a rater chooses what most of the others choose', 'all votes', taggerAgreement),
    line('a rater chooses what most of the others choose', 'votes for an emotion', taggerAgreementOnEmotions),
    line('a rater chooses the most frequent emotion of the image', 'votes for an emotion', bestSingleAnswer),
  ];
}
