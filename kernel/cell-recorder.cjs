'use strict';

const { format, inspect } = require('node:util');

// Frames of the kernel itself say nothing to the author of a cell.
const OWN_FRAMES =
  /^\s+at .*(tslab\/dist|\/kernel\/[\w-]+\.cjs|node:vm|node:internal|<anonymous>:\d+:\d+\)?$)/;

/** What the running cell came to: its value, or why it failed. tslab calls `value` and `error` in place of a console. */
class CellRecorder {
  #values = [];
  #failure = null;

  /** Forgets the cell before. */
  start() {
    this.#values = [];
    this.#failure = null;
  }

  value = (value) => {
    this.#values.push(value);
  };

  error = (...words) => {
    const failure = words[0] instanceof Error ? describeError(words[0]) : describeDiagnostic(words);
    if (this.#failure) this.#failure.traceback.push(...failure.traceback);
    else this.#failure = failure;
  };

  /** Text of the value of the cell's last expression, or null. */
  takeValue() {
    return this.#values.length > 0 ? this.#values.splice(0).map(show).join('\n') : null;
  }

  /** `{ ename, evalue, traceback }` as Jupyter's messages have it. */
  takeFailure() {
    return (
      this.#failure ?? { ename: 'Error', evalue: 'the cell failed', traceback: ['Error: the cell failed'] }
    );
  }
}

const show = (value) => (typeof value === 'string' ? value : inspect(value));

function describeError(error) {
  const text = inspect(error)
    .split('\n')
    .filter((line) => !OWN_FRAMES.test(line))
    .join('\n')
    .replaceAll('evalmachine.<anonymous>:', 'the cell as JavaScript, line ');
  if (error.message === 'Interrupted asynchronously') {
    return {
      ename: 'Interrupted',
      evalue: 'the cell was interrupted',
      traceback: ['Interrupted: the cell was interrupted'],
    };
  }
  return { ename: error.name || 'Error', evalue: String(error.message), traceback: [text] };
}

/** A thrown value that is no Error, or a message of the TypeScript compiler such as `2:7 - Type 'string' is not ...`. */
function describeDiagnostic(words) {
  const text = format(...words);
  const isCompiler = typeof words[0] === 'string' && words[0].startsWith('%s%d:%d - ');
  return {
    ename: isCompiler ? 'TypeScriptError' : 'Error',
    evalue: text,
    traceback: [isCompiler ? `TypeScriptError: ${text}` : text],
  };
}

module.exports = { CellRecorder };
