interface Event {
  readonly time: number;
  readonly call: () => void;
}

/** The time of a simulation, in milliseconds: it jumps from event to event. */
export class VirtualTime {
  #now = 0;
  /** Soonest last; of equal times the first that was asked for. */
  readonly #events: Event[] = [];

  get now(): number {
    return this.#now;
  }

  after(milliseconds: number, call: () => void): void {
    const time = this.#now + milliseconds;
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle]!.time > time) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, { time, call });
  }

  /** Lets everything happen until nothing is left, or the time is over. Promises go as far as they can after each event. */
  async run(limit: number): Promise<void> {
    for (let event = this.#events.pop(); event && event.time <= limit; event = this.#events.pop()) {
      this.#now = event.time;
      event.call();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
