const { setTimeout: delay } = require('node:timers/promises');

/** Milliseconds in which what was sent before a failure, and waits in the sockets, is read. */
const DRAIN = 100;

/**
 * Runs cells one after the other. When one fails, those that were sent before its reply are not run (the reader pressed
 * "run all"), unless the client said that it wants to go on; those that were sent after it, in knowledge of the failure,
 * are run. tslab skipped for 200 ms whatever came, and called the status `abort`, which no client knows.
 */
class CellQueue {
  constructor() {
    this.last = Promise.resolve();
    this.received = 0;
    this.abortUpTo = 0;
  }

  /** @returns the cell's reply, or the reply of a cell that is not run */
  add(cell, { stopOnError }) {
    const number = ++this.received;
    const run = async () => {
      if (stopOnError && number <= this.abortUpTo) return { status: 'aborted' };
      const reply = await cell();
      if (stopOnError && reply.status === 'error') {
        await delay(DRAIN);
        this.abortUpTo = this.received;
      }
      return reply;
    };
    this.last = this.last.then(run, run);
    return this.last;
  }
}

module.exports = { CellQueue };
