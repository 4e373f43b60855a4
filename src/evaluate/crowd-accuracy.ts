import { mean } from 'simple-statistics';
import type { CrowdLabelKind } from '../dataset/crowd-labels';
import { type Predictions, predictedClasses } from '../run/predictions';
import { type ConfidenceInterval, wilsonInterval } from './intervals';
import { meanInterval } from './mean-interval';

/** How often a classifier answers as a kind of labels does. */
export interface LabelAccuracy {
  readonly images: number;
  /** Share of the images. */
  readonly accuracy: number;
  readonly interval: ConfidenceInterval;
}

/** A classifier, or several that differ only in their seed, by the data's own labels and by the choices of the raters. */
export interface CrowdAccuracy {
  readonly names: readonly string[];
  /** Labels that were learnt; undefined for the data's own. */
  readonly learnt?: CrowdLabelKind | undefined;
  readonly imagesLearnt: number;
  readonly own: LabelAccuracy;
  /** By the choice of most raters, on the images on which one choice leads and is a class. */
  readonly leader: LabelAccuracy;
}

/** Saved predictions with what was learnt for them. */
export interface RatedClassifier {
  readonly name: string;
  /** Equal for classifiers that differ in nothing but the seed. */
  readonly recipe: string;
  readonly learnt?: CrowdLabelKind | undefined;
  readonly imagesLearnt: number;
  readonly predictions: Predictions;
}

/** @param leading class of the leading choice by row of the data set, -1 where there is none */
export function crowdAccuracy(classifier: RatedClassifier, leading: Int8Array): CrowdAccuracy {
  const { name, learnt, imagesLearnt, predictions } = classifier;
  const { rows, labels } = predictions;
  const taken = predictedClasses(predictions);
  const isOwn = Array.from(taken, (label, i) => label === labels[i]);
  const led = [...rows.keys()].filter((i) => leading[rows[i]!]! >= 0);
  const isLeader = led.map((i) => taken[i] === leading[rows[i]!]);
  return { names: [name], learnt, imagesLearnt, own: countOf(isOwn), leader: countOf(isLeader) };
}

function countOf(isHit: readonly boolean[]): LabelAccuracy {
  const [images, hits] = [isHit.length, isHit.filter(Boolean).length];
  return { images, accuracy: hits / images, interval: wilsonInterval(hits, images) };
}

/** Each classifier, and after those that differ only in their seed their mean, with Student's interval over the seeds. */
export function crowdAccuracies(
  classifiers: readonly RatedClassifier[],
  leading: Int8Array,
): CrowdAccuracy[] {
  const recipes = new Map<string, CrowdAccuracy[]>();
  for (const one of classifiers)
    recipes.set(one.recipe, [...(recipes.get(one.recipe) ?? []), crowdAccuracy(one, leading)]);
  return [...recipes.values()].flatMap((seeds) => (seeds.length > 1 ? [...seeds, meanOf(seeds)] : seeds));
}

function meanOf(seeds: readonly CrowdAccuracy[]): CrowdAccuracy {
  const over = (pick: (one: CrowdAccuracy) => LabelAccuracy): LabelAccuracy => {
    const values = seeds.map((one) => pick(one).accuracy);
    return { images: pick(seeds[0]!).images, accuracy: mean(values), interval: meanInterval(values) };
  };
  return {
    ...seeds[0]!,
    names: seeds.flatMap(({ names }) => names),
    own: over(({ own }) => own),
    leader: over(({ leader }) => leader),
  };
}
