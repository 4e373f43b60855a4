import { mean } from 'simple-statistics';
import type { ConfidenceInterval } from '../evaluate/intervals';
import { meanInterval } from '../evaluate/mean-interval';
import type { MeasureName } from './measures';
import type { LeakResult, LeakResults } from './results';

/** One mistake, or several at once. */
export interface Mistake {
  /** Letter of the list; empty for the honest protocol. */
  readonly letter: string;
  /** What is done, in words. */
  readonly title: string;
  readonly training: string;
  readonly measure: MeasureName;
}

const mistake = (
  letter: string,
  title: string,
  training: string,
  measure: MeasureName = 'accuracy',
): Mistake => ({
  ...{ letter, title, training, measure },
});

/** What the lab tries, a line each. */
export const MISTAKES: readonly Mistake[] = [
  mistake('', 'none: honest protocol', 'honest'),
  mistake('a', 'augmented before the split', 'augment-first'),
  mistake('b', 'oversampled by copies before the split', 'oversample-first'),
  mistake('b', 'oversampled by SMOTE before the split', 'smote-first'),
  mistake('c', 'accuracy on training images', 'learnt-images'),
  mistake('d', 'epoch chosen by the test part', 'epoch-by-test'),
  mistake('e', 'mean one-vs-rest accuracy', 'honest', 'one-vs-rest'),
  mistake('e', 'binary accuracy of the seven outputs', 'honest', 'binary-accuracy'),
  mistake('f', 'copies on both sides of the split', 'copies-across'),
  mistake('g', 'unsure fifth of the test part removed', 'honest', 'filtered-test'),
  mistake('g', 'test labels overruled by a sure network', 'honest', 'relabelled-test'),
  mistake('h', "labels of FER+ passed off as the data's own", 'crowd-labels'),
  mistake('i', 'test part balanced by copies', 'honest', 'balanced-by-copies'),
  mistake('j', 'validation part learnt, then reported', 'learn-validation'),
  mistake('k', 'settings chosen on the test part, 20 tries', 'twenty-tries'),
];

/** What a mistake comes to over the seeds. */
export interface MistakeSummary extends Mistake {
  readonly seeds: number;
  /** Means over the seeds. */
  readonly claimed: number;
  readonly actual: number;
  /** Claimed less actual, with the 95 % interval of the mean over the seeds. */
  readonly difference: number;
  readonly interval: ConfidenceInterval;
  /** Smallest and largest claim. */
  readonly range: ConfidenceInterval;
}

/** The mistakes that have results, in the order of the list. */
export function summarizeMistakes({ results }: LeakResults, mistakes = MISTAKES): MistakeSummary[] {
  return mistakes.flatMap((one) => {
    const own = results.filter(
      ({ training, measure }) => training === one.training && measure === one.measure,
    );
    return own.length < 2 ? [] : [{ ...one, ...summarize(own) }];
  });
}

function summarize(own: readonly LeakResult[]): Omit<MistakeSummary, keyof Mistake> {
  const claims = own.map(({ claimed }) => claimed);
  const differences = own.map(({ claimed, actual }) => claimed - actual);
  return {
    seeds: own.length,
    claimed: mean(claims),
    actual: mean(own.map(({ actual }) => actual)),
    difference: mean(differences),
    interval: meanInterval(differences),
    range: [Math.min(...claims), Math.max(...claims)],
  };
}

/** Two mistakes at once: one of the training and one of the measure. The largest claims first. */
export function summarizeCombinations(results: LeakResults): MistakeSummary[] {
  const ofTraining = MISTAKES.filter(
    ({ training, measure }) => training !== 'honest' && measure === 'accuracy',
  );
  const ofMeasure = MISTAKES.filter(({ measure }) => measure !== 'accuracy');
  const both = ofTraining.flatMap((one) =>
    ofMeasure.map((other) => ({
      letter: `${one.letter}+${other.letter}`,
      title: `${one.title}; ${other.title}`,
      training: one.training,
      measure: other.measure,
    })),
  );
  return summarizeMistakes(results, both).sort((a, b) => b.claimed - a.claimed);
}
