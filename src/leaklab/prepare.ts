import { applyAugmentation } from '../augment/apply';
import { drawAugmentation } from '../augment/ranges';
import { dealGroups, singleGroups } from '../dataset/split';
import { FerlabError } from '../errors';
import { randomStream } from '../random';
import { PAPER_AUGMENTATION } from '../run/profiles';
import { type LabImages, type LeakLab, pixelsAt, toBytes } from './lab';
import { nearestOfClass } from './neighbours';

/** Images handed to a training, with the part of each: 0 training, 1 validation, 2 test. */
export interface Prepared extends LabImages {
  readonly parts: Uint8Array;
}

/** Divides and changes the pool, rightly or wrongly. */
export type Prepare = (lab: LeakLab, seed: number) => Prepared;

/** Divided first, copies together: nothing of the test part is in the training part. */
export const divideGroups: Prepare = ({ pool, groups }, seed) => ({
  ...pool,
  parts: dealGroups(pool.labels, groups, { seed }),
});

/** Divided image by image: copies come to lie in different parts. */
export const divideImages: Prepare = ({ pool }, seed) => dividedOneByOne(pool, seed);

/** Each image with four changed ones, all divided afterwards. */
export const augmentFirst: Prepare = (lab, seed) => {
  const { spec, pool } = lab;
  const drawn = [...pool.labels.keys()].flatMap((at) => {
    const changed = [1, 2, 3, 4].map((copy) =>
      changedImage(lab, at, randomStream(seed, 'augment first', at, copy)),
    );
    return [pixelsAt(pool, spec, at), ...changed].map((image) => ({ image, label: pool.labels[at]! }));
  });
  return dividedOneByOne(joined(drawn), seed);
};

function changedImage(
  { spec, pool }: LeakLab,
  at: number,
  stream: ReturnType<typeof randomStream>,
): Uint8Array {
  const target = new Float32Array(spec.side ** 2);
  const change = drawAugmentation(PAPER_AUGMENTATION, stream, spec.side);
  const from = { source: pixelsAt(pool, spec, at), sourceOffset: 0, sourceSide: spec.side };
  applyAugmentation(change, { ...from, target, targetOffset: 0 });
  return toBytes(target);
}

/** Every class filled up to the size of the largest by copies of its images, all divided afterwards. */
export const oversampleFirst: Prepare = (lab, seed) =>
  dividedOneByOne(
    filledUp(lab, ({ pool, spec }, of) => pixelsAt(pool, spec, of)),
    seed,
  );

/**
 * Every class filled up to the size of the largest by SMOTE (Chawla et al. 2002): points on the way from an image to one
 * of its five nearest neighbours in its class. All divided afterwards.
 */
export const smoteFirst: Prepare = (lab, seed) => {
  const neighbours = nearestOfClass(lab, 5);
  const between = ({ pool, spec }: LeakLab, of: number, copy: number) => {
    const stream = randomStream(seed, 'smote', of, copy);
    const near = neighbours(of);
    const other = near[stream.integer(near.length)] ?? of;
    const [a, b] = [pixelsAt(pool, spec, of), pixelsAt(pool, spec, other)];
    const share = stream.uniform();
    return a.map((level, i) => Math.round(level + share * (b[i]! - level)));
  };
  return dividedOneByOne(filledUp(lab, between), seed);
};

/** The pool, and what `make` draws from the images of each class in turn until the class is as large as the largest. */
function filledUp(lab: LeakLab, make: (lab: LeakLab, of: number, copy: number) => Uint8Array): LabImages {
  const { pool, spec } = lab;
  const ofClass = spec.classes.map((_, label) =>
    [...pool.labels.keys()].filter((at) => pool.labels[at] === label),
  );
  const largest = Math.max(...ofClass.map(({ length }) => length));
  const own = [...pool.labels.keys()].map((at) => ({
    image: pixelsAt(pool, spec, at),
    label: pool.labels[at]!,
  }));
  const more = ofClass.flatMap((members, label) =>
    Array.from({ length: members.length === 0 ? 0 : largest - members.length }, (_, i) => ({
      image: make(lab, members[i % members.length]!, Math.floor(i / members.length)),
      label,
    })),
  );
  return joined([...own, ...more]);
}

/** The test part stands where the validation part should: it chooses the epoch. */
export const chooseEpochByTest: Prepare = (lab, seed) => {
  const honest = divideGroups(lab, seed);
  return { ...honest, parts: honest.parts.map((part) => [0, 2, 1][part]!) };
};

/** The images of the validation part are learnt too. */
export const learnValidation: Prepare = (lab, seed) => {
  const honest = divideGroups(lab, seed);
  const learnt = [...honest.parts.keys()].filter((at) => honest.parts[at] === 1);
  const all = [...honest.labels.keys(), ...learnt];
  const both = joined(
    all.map((at) => ({ image: pixelsAt(honest, lab.spec, at), label: honest.labels[at]! })),
  );
  return { ...both, parts: Uint8Array.from([...honest.parts, ...learnt.map(() => 0)]) };
};

/** The labels of FER+, for training and test; images to which the crowd gives none of the classes are left out. */
export const labelByCrowd: Prepare = (lab, seed) => {
  const { pool, groups, crowd, spec } = lab;
  if (!crowd) {
    throw new FerlabError('there are no votes of FER+ beside the data', {
      remedy: 'set FERPLUS to the file of votes',
    });
  }
  const kept = [...crowd.keys()].filter((at) => crowd[at]! >= 0);
  const drawn = joined(kept.map((at) => ({ image: pixelsAt(pool, spec, at), label: crowd[at]! })));
  return {
    ...drawn,
    parts: dealGroups(
      drawn.labels,
      Uint32Array.from(kept, (at) => groups[at]!),
      { seed },
    ),
  };
};

const dividedOneByOne = (images: LabImages, seed: number): Prepared => ({
  ...images,
  parts: dealGroups(images.labels, singleGroups(images.labels.length), { seed }),
});

function joined(drawn: readonly { image: Uint8Array; label: number }[]): LabImages {
  const size = drawn[0]!.image.length;
  const images = new Uint8Array(drawn.length * size);
  for (const [at, { image }] of drawn.entries()) images.set(image, at * size);
  return { images, labels: Uint8Array.from(drawn, ({ label }) => label) };
}
