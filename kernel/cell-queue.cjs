/** Milliseconds after a failure for which cells that arrive count as sent together with the one that failed. */
const ABORT_WINDOW = 200;

/**
 * Runs cells one after the other. When one fails, those that were sent with it are not run (the reader pressed "run
 * all"), unless the client said that it wants to go on: tslab skipped them all the same, and called their status
 * `abort`, which no client knows.
 */
class CellQueue {
  constructor() {
    this.last = Promise.resolve();
    this.abortUntil = 0;
  }

  /** @returns the cell's reply, or the reply of a cell that is not run */
  add(cell, { stopOnError }) {
    const received = Date.now();
    const run = async () => {
      if (stopOnError && received < this.abortUntil) return { status: 'aborted' };
      const reply = await cell();
      if (stopOnError && reply.status === 'error') this.abortUntil = Date.now() + ABORT_WINDOW;
      return reply;
    };
    this.last = this.last.then(run, run);
    return this.last;
  }
}

module.exports = { CellQueue };
