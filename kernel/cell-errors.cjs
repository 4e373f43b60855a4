const { join } = require('node:path');
const { inspect, format } = require('node:util');

/** Parts of the paths of frames that say nothing about the notebook. */
const INNER = [__dirname, join('tslab', 'dist'), 'node:'];

let captured;

/**
 * Runs tslab's start with a `console.error` of ours. Its executor keeps the one that it finds then, and tells through
 * it, and nothing else, what a cell threw; code in cells keeps the ordinary one.
 */
function captureCellErrors(start) {
  const { error } = console;
  console.error = (...words) => {
    captured = captured && words.length > 1 ? joinErrors(captured, words) : describe(words);
  };
  try {
    start();
  } finally {
    console.error = error;
  }
}

/** What tslab has told about the running cell, as an `error` output wants it, or undefined; the next call finds none. */
function takeCellError() {
  const error = captured;
  captured = undefined;
  return error;
}

/** One word is what was thrown; several are a format with a position: a message of the TypeScript compiler. */
function describe(words) {
  return words.length === 1 ? describeThrown(words[0]) : describeDiagnostic(words);
}

function describeDiagnostic(words) {
  const line = format(...words);
  return { ename: 'TypeScriptError', evalue: line, traceback: [`TypeScriptError: ${line}`] };
}

function joinErrors(error, words) {
  return { ...error, traceback: [...error.traceback, format(...words)] };
}

function describeThrown(thrown) {
  if (!isError(thrown))
    return { ename: 'Thrown', evalue: inspect(thrown), traceback: [`Thrown: ${inspect(thrown)}`] };
  if (thrown.message === 'Interrupted asynchronously' || thrown.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED')
    return {
      ename: 'Interrupted',
      evalue: 'the cell was interrupted',
      traceback: ['the cell was interrupted'],
    };
  const remedy = typeof thrown.remedy === 'string' ? [`  remedy: ${thrown.remedy}`] : [];
  const [first, ...frames] = stackLines(thrown);
  return { ename: thrown.name, evalue: String(thrown.message), traceback: [first, ...remedy, ...frames] };
}

// An error from a cell's own context may be of another realm.
const isError = (value) =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';

/** The message, the stack without the frames of the kernel and of Node, and the same of the causes. */
function stackLines(error) {
  const frames = String(error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at ') && !isInner(line))
    .map((line) => line.replace('evalmachine.<anonymous>', 'cell'));
  const cause = isError(error.cause) ? stackLines(error.cause) : [];
  if (cause.length > 0) cause[0] = `caused by ${cause[0]}`;
  return [`${error.name}: ${error.message}`, ...frames, ...cause];
}

const isInner = (line) => INNER.some((path) => line.includes(path));

module.exports = { captureCellErrors, takeCellError };
