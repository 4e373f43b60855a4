const { join } = require('node:path');
const { format } = require('node:util');

const CHECKS = require.resolve(join(__dirname, '../labs'));

/**
 * Keeps what a lab gave out apart from what a student wrote, while submissions are graded. The first request of all is a
 * key; a cell whose first line is that key is the lab's own. Such a cell finds the lab's names as the lab defined them,
 * whatever a student calls their own, and its value is what its own call of `grade` came to.
 */
class LabCells {
  #key;
  #given = Object.create(null);
  #atStart = false;
  #mayGrade = false;
  #points;
  #seal;

  /** @param seal is called once, when the key comes, before any other code runs */
  constructor(seal) {
    this.#seal = seal;
  }

  /** Takes the place of the checks and of what tslab hands to each cell. */
  #install() {
    const { grade, ...others } = require(CHECKS);
    const checks = { ...others, grade: (...words) => this.#grade(grade, words) };
    require.cache[CHECKS].exports = Object.freeze(checks);
    Object.freeze(require.cache[CHECKS]);
    Object.defineProperty(require.cache, CHECKS, { writable: false, configurable: false });
    const { exports, require: load } = globalThis.__tslab__;
    const [ordinary, own] = [this.#ordinary(exports), this.#own(exports)];
    const choose = () => this.#exportsFor({ ordinary, own });
    const handed = {
      get exports() {
        return choose();
      },
      require: load,
    };
    const fixed = { value: Object.freeze(handed), writable: false, configurable: false };
    Object.defineProperty(globalThis, '__tslab__', fixed);
  }

  /**
   * What to run for a request: nothing for the key itself, and a lab's own cell without its first line. Call
   * {@link begin} with it when the cell starts.
   */
  read(code) {
    if (this.#key === undefined) {
      this.#key = code.trim();
      this.#install();
      this.#seal();
      return { code: '', isOwn: false };
    }
    const isOwn = code.startsWith(`${this.#key}\n`);
    return { code: isOwn ? `'use strict';${code.slice(this.#key.length)}` : code, isOwn };
  }

  /** The very next code that runs is that cell's. */
  begin({ isOwn }) {
    this.#atStart = isOwn;
    this.#mayGrade = isOwn;
    this.#points = undefined;
  }

  /** The value of a cell that has passed, as text: of a lab's own, points or undefined; of others, that of their end. */
  async value({ isOwn }, last) {
    const points = await this.#points;
    const own = points === undefined ? undefined : format(points);
    return isOwn ? own : last;
  }

  /** Students' code can call `grade` too, but not before the check itself has. */
  #grade(grade, words) {
    const isFirst = this.#mayGrade;
    this.#mayGrade = false;
    const outcome = grade(...words);
    if (isFirst) this.#points = outcome;
    return outcome;
  }

  #exportsFor({ ordinary, own }) {
    const chosen = this.#atStart ? own : ordinary;
    this.#atStart = false;
    return chosen;
  }

  #ordinary(exports) {
    return new Proxy(exports, { setPrototypeOf: () => false, preventExtensions: () => false });
  }

  #own(exports) {
    const given = this.#given;
    const define = (name, value) => {
      given[name] = value;
      exports[name] = value;
      return true;
    };
    return new Proxy(exports, {
      get: (_, name) => (name in given ? given[name] : exports[name]),
      set: (_, name, value) => define(name, value),
      defineProperty: (_, name, { get, value }) => name === '__esModule' || define(name, get ? get() : value),
    });
  }
}

module.exports = { LabCells };
