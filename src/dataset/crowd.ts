import type { ImageDataset } from './dataset';
import { FERPLUS_CHOICES, type FerPlusVotes } from './ferplus';
import { type DatasetSpec, partNames } from './spec';

const CHOICES = FERPLUS_CHOICES.length;

/** The choices that are emotions: all but `unknown` and `NF` (not a face). */
const EMOTION_CHOICES = FERPLUS_CHOICES.indexOf('unknown');

/** How far people agree about the images. Shares are between 0 and 1. */
export interface CrowdSummary {
  readonly images: number;
  /** Images that more people call `not a face` than anything else. */
  readonly notFaces: number;
  /**
   * How often one tagger says what most of the others say, over all votes; where several choices lead among the
   * others, each counts its share.
   */
  readonly taggerAgreement: number;
  /** The same among votes for one of the eight emotions. */
  readonly taggerAgreementOnEmotions: number;
  /**
   * How often the most frequent emotion is what a tagger said, over votes for emotions: no classifier that gives one
   * answer for each image can agree with people more often.
   */
  readonly bestSingleAnswer: number;
}

/** Measures the agreement of the taggers. */
export function summarizeVotes(crowd: FerPlusVotes): CrowdSummary {
  return {
    images: crowd.count,
    notFaces: leadersOf(crowd).filter((leader) => FERPLUS_CHOICES[leader] === 'NF').length,
    taggerAgreement: leaveOneOut(crowd, CHOICES),
    taggerAgreementOnEmotions: leaveOneOut(crowd, EMOTION_CHOICES),
    bestSingleAnswer: shareOfMode(crowd, EMOTION_CHOICES),
  };
}

/** Votes on an image for the first of {@link FERPLUS_CHOICES}, all unless so many are asked for. */
export function votesOf({ votes }: FerPlusVotes, row: number, choices: number = CHOICES): Uint8Array {
  return votes.subarray(row * CHOICES, row * CHOICES + choices);
}

/** Index into FERPLUS_CHOICES of what most taggers chose, by image; -1 where several lead. */
export function leadersOf(crowd: FerPlusVotes): Int8Array {
  return Int8Array.from({ length: crowd.count }, (_, row) => {
    const votes = votesOf(crowd, row);
    const most = Math.max(...votes);
    return votes.indexOf(most) === votes.lastIndexOf(most) ? votes.indexOf(most) : -1;
  });
}

/** The choice of FER+ for each class, by label; none for data that FER+ says nothing of. */
export function choicesOfClasses({ votes }: Pick<DatasetSpec, 'votes'>): readonly number[] {
  const choices: readonly string[] = FERPLUS_CHOICES;
  return (votes?.choices ?? []).map((name) => choices.indexOf(name));
}

/** The class of what most taggers chose, by image; -1 where several choices lead, or one that is none of the classes. */
export function leadingClasses(crowd: FerPlusVotes, spec: Pick<DatasetSpec, 'votes'>): Int8Array {
  const choices = choicesOfClasses(spec);
  return leadersOf(crowd).map((leader) => choices.indexOf(leader));
}

function leaveOneOut(crowd: FerPlusVotes, choices: number): number {
  let agreeing = 0;
  let asked = 0;
  for (let row = 0; row < crowd.count; row++) {
    const votes = Uint8Array.from(votesOf(crowd, row, choices));
    for (let choice = 0; choice < choices; choice++) {
      const voters = votes[choice]!;
      if (voters === 0) continue;
      votes[choice]!--;
      const most = Math.max(...votes);
      // A tagger who is alone has nobody to agree with.
      if (most > 0) asked += voters;
      if (most > 0 && votes[choice] === most) agreeing += voters / votes.filter((n) => n === most).length;
      votes[choice]!++;
    }
  }
  return agreeing / asked;
}

function shareOfMode(crowd: FerPlusVotes, choices: number): number {
  let leading = 0;
  let total = 0;
  for (let row = 0; row < crowd.count; row++) {
    const votes = votesOf(crowd, row, choices);
    leading += Math.max(...votes);
    total += votes.reduce((sum, n) => sum + n, 0);
  }
  return leading / total;
}

/**
 * What the crowd says about the images of each label: images by [label][choice], ties left out.
 * @param part only the images of this part, unless all are wanted
 */
export function countCrowdLabels(
  crowd: FerPlusVotes,
  { spec, labels }: Pick<ImageDataset, 'spec' | 'labels'>,
  part?: string,
): number[][] {
  const counts = spec.classes.map(() => FERPLUS_CHOICES.map(() => 0));
  const wanted = part === undefined ? -1 : partNames(spec).indexOf(part);
  for (const [row, leader] of leadersOf(crowd).entries()) {
    if (leader >= 0 && (wanted < 0 || crowd.usages[row] === wanted)) counts[labels[row]!]![leader]!++;
  }
  return counts;
}
