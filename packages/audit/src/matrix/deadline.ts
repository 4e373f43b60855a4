/** A moment, in milliseconds of `performance.now()`, after which a search gives up. */
export type Deadline = number;

export function deadlineIn(seconds: number): Deadline {
  return performance.now() + seconds * 1000;
}

export function isPast(deadline: Deadline): boolean {
  return performance.now() > deadline;
}
