const { join } = require('node:path');
const { inspect, format } = require('node:util');

/** Parts of the paths of frames that say nothing about the notebook. */
const INNER = [__dirname, join('tslab', 'dist'), 'node:'];

/**
 * A failure as an `error` output wants it, from the words that tslab prints: one word is what was thrown, several are a
 * format with a position, a message of the TypeScript compiler.
 * @param translate what a line of a stack says of the cells as they were written; undefined leaves it out
 */
function describeFailure(words, translate) {
  return words.length === 1 ? describeThrown(words[0], translate) : describeDiagnostic(words);
}

/** The format of tslab's messages of the compiler, and ours: positions are written as those of other errors are. */
const DIAGNOSTIC = '%s%d:%d - %s';
const OWN_DIAGNOSTIC = '%sline %d, column %d: %s';

function describeDiagnostic([first, ...words]) {
  const line = format(first === DIAGNOSTIC ? OWN_DIAGNOSTIC : first, ...words);
  return { ename: 'TypeScriptError', evalue: line, traceback: [`TypeScriptError: ${line}`] };
}

function describeThrown(thrown, translate = (frame) => frame) {
  if (!isError(thrown)) {
    const text = typeof thrown === 'string' ? thrown : inspect(thrown);
    return { ename: 'Thrown', evalue: text, traceback: [`Thrown: ${text}`] };
  }
  if (thrown.message === 'Interrupted asynchronously' || thrown.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED')
    return {
      ename: 'Interrupted',
      evalue: 'the cell was interrupted',
      traceback: ['the cell was interrupted'],
    };
  const remedy = typeof thrown.remedy === 'string' ? [`  remedy: ${thrown.remedy}`] : [];
  const [first, ...frames] = stackLines(thrown, translate);
  return { ename: thrown.name, evalue: String(thrown.message), traceback: [first, ...remedy, ...frames] };
}

// An error from a cell's own context may be of another realm.
const isError = (value) =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';

/** The message, the stack without the frames of the kernel and of Node, and the same of the causes. */
function stackLines(error, translate) {
  const frames = String(error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at ') && !isInner(line))
    .map(translate)
    .filter((line) => line !== undefined);
  const cause = isError(error.cause) ? stackLines(error.cause, translate) : [];
  if (cause.length > 0) cause[0] = `caused by ${cause[0]}`;
  return [`${error.name}: ${error.message}`, ...frames, ...cause];
}

const isInner = (line) => INNER.some((path) => line.includes(path));

module.exports = { describeFailure, describeThrown };
