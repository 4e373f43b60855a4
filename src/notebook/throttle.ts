/**
 * A caller that passes on at most one call in `intervalMs`; calls between are dropped, since the next one brings
 * newer values. Pictures that are sent faster than they can be drawn would hold training up and fill the page.
 */
export function throttle<Arguments extends unknown[]>(
  call: (...values: Arguments) => void,
  intervalMs: number,
  now: () => number = () => performance.now(),
): (...values: Arguments) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (...values) => {
    if (now() - last < intervalMs) return;
    last = now();
    call(...values);
  };
}
