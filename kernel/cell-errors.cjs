const { inspect, format } = require('node:util');

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

/** The error of the cell that has just failed, as an `error` output wants it; the next call finds none. */
function takeCellError() {
  const error = captured ?? { ename: 'Error', evalue: 'the cell failed', traceback: ['Error: the cell failed'] };
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
  if (!isError(thrown)) return { ename: 'Thrown', evalue: inspect(thrown), traceback: [`Thrown: ${inspect(thrown)}`] };
  if (thrown.message === 'Interrupted asynchronously' || thrown.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED')
    return { ename: 'Interrupted', evalue: 'the cell was interrupted', traceback: ['the cell was interrupted'] };
  const remedy = typeof thrown.remedy === 'string' ? [`  remedy: ${thrown.remedy}`] : [];
  const [first, ...frames] = stackLines(thrown);
  return { ename: thrown.name, evalue: String(thrown.message), traceback: [first, ...remedy, ...frames] };
}

// An error from a cell's own context may be of another realm.
const isError = (value) => value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';

/** The stack without the frames of the kernel and of Node, and its causes. */
function stackLines(error) {
  const message = `${error.name}: ${error.message}`;
  const stack = String(error.stack ?? message);
  const head = stack.startsWith('    at ') ? message : stack.split('\n    at ')[0];
  const frames = stack.split('\n').filter((line) => line.startsWith('    at ') && !isInner(line));
  const cause = isError(error.cause) ? stackLines(error.cause) : [];
  if (cause.length > 0) cause[0] = `caused by ${cause[0]}`;
  return [head, ...frames.map((line) => line.replace('evalmachine.<anonymous>', 'cell')), ...cause];
}

const isInner = (line) => /[\\/]tslab[\\/]dist[\\/]|\(?node:|[\\/]ferlab[\\/]kernel[\\/]/.test(line);

module.exports = { captureCellErrors, takeCellError };
