import { CHOICE_OF_EMOTION, countCrowdLabels, leadersOf, summarizeVotes } from '../../dataset/crowd';
import type { ImageDataset } from '../../dataset/dataset';
import { EMOTIONS } from '../../dataset/emotions';
import { FERPLUS_CHOICES, type FerPlusVotes } from '../../dataset/ferplus';
import { wilsonInterval } from '../../evaluate/intervals';
import type { ReportTable } from '../formats/table';
import { sum, titledFor } from './dataset';

/** What is said below a table where there are no votes to count. */
const NO_VOTES =
  'There are no FER+ votes here. They come as fer2013new.csv (Barsoum et al. 2016) and belong to fer2013.csv in its own order: put the file beside the data or into data/, or name it by $FERPLUS. The synthetic sample has none.';

const column = (emotion: (typeof EMOTIONS)[number]) => FERPLUS_CHOICES.indexOf(CHOICE_OF_EMOTION[emotion]);

type Labelled = Pick<ImageDataset, 'source' | 'labels'>;

/**
 * What the ten raters of FER+ say of the labels of FER-2013: how often the choice that leads among them is the label,
 * and how often they agree with each other.
 * @param votes null where there are none: the table then has no rows, and says how to get them
 */
export function tableCrowd(dataset: Labelled, votes: FerPlusVotes | null): ReportTable {
  return {
    title: titledFor('The labels of FER-2013 and the ten raters of FER+', dataset),
    columns: ['what', 'among', 'of', 'count', 'share', '95 % interval'],
    rows: votes ? [...leaderRows(dataset, votes), ...raterRows(votes)] : [],
    formats: [
      undefined,
      undefined,
      { thousands: true },
      { thousands: true },
      { decimals: 3 },
      { decimals: 3 },
    ],
    notes: votes
      ? [
          'The leader is what most of the ten chose, alone at the top. Intervals are Wilson’s, over images; shares of votes have none, because the votes for one image depend on each other.',
        ]
      : [NO_VOTES],
  };
}

function leaderRows(dataset: Labelled, votes: FerPlusVotes): unknown[][] {
  const counts = countCrowdLabels(votes, dataset.labels);
  const agreeing = sum(EMOTIONS.map((emotion, label) => counts[label]![column(emotion)]!));
  const led = (name: (typeof FERPLUS_CHOICES)[number]) =>
    sum(counts.map((row) => row[FERPLUS_CHOICES.indexOf(name)]!));
  const tied = leadersOf(votes).filter((leader) => leader < 0).length;
  const seven = sum(EMOTIONS.map((emotion) => led(CHOICE_OF_EMOTION[emotion])));
  const line = (what: string, among: string, of: number, count: number) => [
    what,
    among,
    of,
    count,
    count / of,
    wilsonInterval(count, of),
  ];
  return [
    line('the leader is the label', 'images whose leader is one of the seven emotions', seven, agreeing),
    line('the leader is the label', 'the same, and contempt', seven + led('contempt'), agreeing),
    line('the leader is the label', 'all images', votes.count, agreeing),
    line('two or more choices lead together', 'all images', votes.count, tied),
    line('the leader is "unknown"', 'all images', votes.count, led('unknown')),
    line('the leader is "not a face"', 'all images', votes.count, led('NF')),
  ];
}

function raterRows(votes: FerPlusVotes): unknown[][] {
  const { taggerAgreement, taggerAgreementOnEmotions, bestSingleAnswer } = summarizeVotes(votes);
  const line = (what: string, among: string, share: number) => [what, among, null, null, share, null];
  return [
    line('a rater says what most of the others say', 'all votes', taggerAgreement),
    line('a rater says what most of the others say', 'votes for an emotion', taggerAgreementOnEmotions),
    line('a rater says the most frequent emotion of the image', 'votes for an emotion', bestSingleAnswer),
  ];
}

/**
 * The labels of FER-2013 (rows) against the leaders of FER+ (columns) in images, ties left out, with the share of each
 * row whose leader is the label.
 * @param votes null where there are none: the table then has no rows
 */
export function tableCrowdLabels(dataset: Labelled, votes: FerPlusVotes | null): ReportTable {
  const own = EMOTIONS.map(column);
  const others = FERPLUS_CHOICES.flatMap((_, choice) => (own.includes(choice) ? [] : [choice]));
  const order = [...own, ...others];
  const counts = votes ? countCrowdLabels(votes, dataset.labels) : [];
  return {
    title: titledFor('What FER-2013 calls an image, and what most raters of FER+ call it', dataset),
    columns: ['label', ...order.map((choice) => FERPLUS_CHOICES[choice]!), 'leader is label'],
    rows: counts.map((row, label) => [
      EMOTIONS[label]!,
      ...order.map((choice) => row[choice]!),
      row[own[label]!]! / Math.max(1, sum(own.map((choice) => row[choice]!))),
    ]),
    formats: [undefined, ...order.map(() => ({ thousands: true })), { decimals: 3 }],
    notes: votes
      ? ['The last column is a share of the images whose leader is one of the seven.']
      : [NO_VOTES],
  };
}
