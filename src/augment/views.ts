import { type Augmentation, UNCHANGED } from './ranges';

/** Shift of the shifted views in pixels. */
const SHIFT = 2;
/** Turn of the turned views to either side, in degrees. */
const TURN = 4;

const SHIFTS: readonly Partial<Augmentation>[] = [
  { shiftX: SHIFT },
  { shiftX: -SHIFT },
  { shiftY: SHIFT },
  { shiftY: -SHIFT },
];
const TURNS: readonly Partial<Augmentation>[] = [{ rotationDegrees: TURN }, { rotationDegrees: -TURN }];

/** What is seen of an image besides itself, and whether all of it is seen mirrored too. */
const VIEWS = {
  single: { changes: [], isMirrored: false },
  mirror: { changes: [], isMirrored: true },
  'mirror-and-shifts': { changes: SHIFTS, isMirrored: true },
  'mirror-shifts-and-turns': { changes: [...SHIFTS, ...TURNS], isMirrored: true },
} as const;

/**
 * Views of an image whose probabilities are averaged: itself; with its mirror image; both also shifted by 2 pixels in
 * four directions; and turned by 4 degrees to either side.
 */
export type TestTimeViews = keyof typeof VIEWS;

/** Few views first. */
export const TEST_TIME_VIEWS = Object.keys(VIEWS) as readonly TestTimeViews[];

/** The views that a name stands for. */
export function viewsOf(name: TestTimeViews): Augmentation[] {
  const { changes, isMirrored } = VIEWS[name];
  const flips = isMirrored ? [false, true] : [false];
  return flips.flatMap((isFlipped) =>
    [{}, ...changes].map((change) => ({ ...UNCHANGED, isFlipped, ...change })),
  );
}
