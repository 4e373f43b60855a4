import {
  augmentFirst,
  chooseEpochByTest,
  divideGroups,
  divideImages,
  labelByCrowd,
  learnValidation,
  oversampleFirst,
  type Prepare,
  smoteFirst,
} from './prepare';

/** One way to divide, prepare and train. */
export interface LabTraining {
  readonly name: string;
  readonly prepare: Prepare;
  /** The part whose accuracy is claimed: 0 training, 1 validation, 2 test. */
  readonly reported: 0 | 1 | 2;
}

/** The trainings of the lab. The first one is honest. */
export const TRAININGS: readonly LabTraining[] = [
  { name: 'honest', prepare: divideGroups, reported: 2 },
  { name: 'copies-across', prepare: divideImages, reported: 2 },
  { name: 'augment-first', prepare: augmentFirst, reported: 2 },
  { name: 'oversample-first', prepare: oversampleFirst, reported: 2 },
  { name: 'smote-first', prepare: smoteFirst, reported: 2 },
  { name: 'epoch-by-test', prepare: chooseEpochByTest, reported: 1 },
  { name: 'learn-validation', prepare: learnValidation, reported: 1 },
  { name: 'crowd-labels', prepare: labelByCrowd, reported: 2 },
];
