import Library from 'fraction.js';

/** Exact fractions over whole numbers of any size. The package declares no type of that name, so it is made here. */
export const Fraction: typeof Library = Library;
export type Fraction = InstanceType<typeof Library>;
