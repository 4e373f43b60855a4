import { countCrowdLabels, leadersOf, summarizeVotes } from '../../dataset/crowd';
import type { ImageDataset } from '../../dataset/dataset';
import { FERPLUS_CHOICES, type FerPlusVotes } from '../../dataset/ferplus';
import { type Interval, wilsonInterval } from '../../evaluate/intervals';
import { COUNT, SHARE } from '../columns';
import { sum } from '../sum';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';
import { NO_VOTES, OWN_CHOICES } from './crowd-votes';

interface CrowdRow {
  readonly what: string;
  readonly among: string;
  /** Images; null where votes are counted. */
  readonly of: number | null;
  readonly count: number | null;
  readonly share: number;
  readonly interval: Interval | null;
}

type Labelled = Pick<ImageDataset, 'source' | 'labels'>;

/**
 * What the ten raters of FER+ say of the labels of FER-2013: how often the choice that leads among them is the label,
 * and how often they agree with each other.
 * @param votes null where there are none: the table then has no rows, and says how to get them
 */
export function tableCrowd(dataset: Labelled, votes: FerPlusVotes | null): ReportTable<CrowdRow> {
  return {
    title: titledFor('The labels of FER-2013 and the ten raters of FER+', dataset),
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
          'The leader is what most of the ten chose, alone at the top. Intervals are Wilson’s, over images; shares of votes have none, because the votes for one image depend on each other.',
        ]
      : [NO_VOTES],
  };
}

function leaderRows(dataset: Labelled, votes: FerPlusVotes): CrowdRow[] {
  const counts = countCrowdLabels(votes, dataset.labels);
  const agreeing = sum(OWN_CHOICES.map((choice, label) => counts[label]![choice]!));
  const ledBy = (choice: number) => sum(counts.map((row) => row[choice]!));
  const led = (name: (typeof FERPLUS_CHOICES)[number]) => ledBy(FERPLUS_CHOICES.indexOf(name));
  const tied = leadersOf(votes).filter((leader) => leader < 0).length;
  const seven = sum(OWN_CHOICES.map(ledBy));
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
    line('the leader is the label', 'the same, and contempt', [agreeing, seven + led('contempt')]),
    line('the leader is the label', 'all images', [agreeing, all]),
    line('two or more choices lead together', 'all images', [tied, all]),
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
    line('a rater says what most of the others say', 'all votes', taggerAgreement),
    line('a rater says what most of the others say', 'votes for an emotion', taggerAgreementOnEmotions),
    line('a rater says the most frequent emotion of the image', 'votes for an emotion', bestSingleAnswer),
  ];
}
