import { type LeakLab, pixelsAt } from './lab';

/** Finds the nearest images of the same class by the sum of squared differences of grey levels, nearest first. */
export function nearestOfClass({ pool, spec }: LeakLab, count: number): (at: number) => number[] {
  const places = [...pool.labels.keys()];
  return (at) => {
    const own = pixelsAt(pool, spec, at);
    return places
      .filter((other) => other !== at && pool.labels[other] === pool.labels[at])
      .map((other) => ({ other, distance: squaredDistance(own, pixelsAt(pool, spec, other)) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, count)
      .map(({ other }) => other);
  };
}

function squaredDistance(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
