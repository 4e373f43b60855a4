/** Steps that a search may still take; it is used up as the search goes on. */
export interface Budget {
  steps: number;
}

/** Numbers of so many parts of one size. */
export interface Group {
  readonly size: number;
  readonly count: number;
}

/** The least and the largest sum of squares of `count` whole numbers from 0 to `size` with this sum. */
export function squareRange({ size, count }: Group, sum: number): { from: number; to: number } {
  if (count === 0) return { from: 0, to: 0 };
  const each = Math.floor(sum / count);
  const more = sum - count * each;
  const full = Math.floor(sum / size);
  const rest = sum - full * size;
  return {
    from: more * (each + 1) ** 2 + (count - more) * each ** 2,
    to: full * size ** 2 + rest ** 2,
  };
}

/**
 * Whole numbers from 0 to `size` with this sum and this sum of squares, by depth-first search: one is chosen, near one standard
 * deviation from the mean first, and the rest must still be able to have its sum of squares.
 * @returns undefined when there are none, `open` when the budget ran out
 */
export function numbersWith(
  group: Group,
  { sum, squares }: { sum: number; squares: number },
  budget: Budget,
): number[] | 'open' | undefined {
  const { size, count } = group;
  const range = squareRange(group, sum);
  if (sum < 0 || sum > size * count || squares < range.from || squares > range.to) return undefined;
  if (count === 0) return [];
  if (count === 1) return squares === sum * sum ? [sum] : undefined;
  if (count === 2) return pairWith(size, sum, squares);
  let isOpen = false;
  for (const chosen of outward(group, { sum, squares })) {
    if (budget.steps-- <= 0) return 'open';
    const rest = { sum: sum - chosen, squares: squares - chosen * chosen };
    const found = numbersWith({ size, count: count - 1 }, rest, budget);
    if (found === 'open') isOpen = true;
    else if (found) return [chosen, ...found];
  }
  return isOpen ? 'open' : undefined;
}

/** Two numbers: the square of their difference is twice the squares less the square of the sum. */
function pairWith(size: number, sum: number, squares: number): number[] | undefined {
  const square = 2 * squares - sum * sum;
  const difference = Math.round(Math.sqrt(Math.max(0, square)));
  const larger = (sum + difference) / 2;
  if (difference * difference !== square || !Number.isInteger(larger) || larger > size) return undefined;
  return larger <= sum ? [larger, sum - larger] : undefined;
}

/** The numbers that one of the group may be, those about one standard deviation above the mean first. */
function* outward(
  { size, count }: Group,
  { sum, squares }: { sum: number; squares: number },
): Generator<number> {
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  const reach = deviation * Math.sqrt(count - 1) + 1;
  const [from, to] = [Math.max(0, Math.floor(mean - reach)), Math.min(size, Math.ceil(mean + reach))];
  const start = Math.min(to, Math.max(from, Math.round(mean + deviation)));
  for (let step = 0; start - step >= from || start + step <= to; step++) {
    if (start + step <= to) yield start + step;
    if (step > 0 && start - step >= from) yield start - step;
  }
}
