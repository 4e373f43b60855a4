/** Pictures over which the speed is taken. */
const WINDOW = 60;

/** How fast pictures of a video go through. */
export class Speed {
  readonly #ends: number[] = [];

  /** Counts a picture. @param now milliseconds */
  count(now: number): void {
    this.#ends.push(now);
    if (this.#ends.length > WINDOW) this.#ends.shift();
  }

  /** Pictures a second over the last of them; 0 before there are two. */
  perSecond(): number {
    const [first, last] = [this.#ends[0], this.#ends.at(-1)];
    return first === undefined || last === first ? 0 : (1000 * (this.#ends.length - 1)) / (last! - first);
  }
}
