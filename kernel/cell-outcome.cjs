const { format } = require('node:util');
const { describeFailure } = require('./cell-errors.cjs');

/** What the running cell came to: the value of its last expression, or why it failed. */
class CellOutcome {
  #values = [];
  #failures = [];
  #translate;

  /** @param translate what a line of a stack says of the cells as they were written, or undefined to leave it out */
  constructor(translate = (frame) => frame) {
    this.#translate = translate;
  }

  /**
   * Runs tslab's start with a console of ours. Its executor keeps the one that it finds then, prints through it what a
   * cell came to, and nothing else; code in cells keeps the ordinary one.
   */
  capture(start) {
    const { log, error } = console;
    console.log = (value) => this.#values.push(format(value));
    console.error = (...words) => this.#failures.push(describeFailure(words, this.#translate));
    try {
      start();
    } finally {
      Object.assign(console, { log, error });
    }
  }

  /**
   * The outcome so far; the next call finds nothing.
   * @returns `value` is text; `failure` is `{ ename, evalue, traceback }`, the compiler's further messages joined to it
   */
  take() {
    const [value, [failure, ...more]] = [this.#values.at(-1), this.#failures];
    this.#values = [];
    this.#failures = [];
    const traceback = [failure, ...more].flatMap((one) => one?.traceback ?? []);
    return { value, failure: failure && { ...failure, traceback } };
  }
}

module.exports = { CellOutcome };
