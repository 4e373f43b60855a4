const { join } = require('node:path');
const { describeThrown } = require('./cell-errors.cjs');
const { CellQueue } = require('./cell-queue.cjs');
const { publish } = require('./messages.cjs');
const { expandShorthand } = require('./shorthand.cjs');
const { StreamBuffer } = require('./stream-buffer.cjs');

/** Characters that a cell may print. Nothing is cut off but where code that nobody has read is graded. */
const OUTPUT_LIMIT = process.env.FERLAB_GRADING ? 200_000 : Number.POSITIVE_INFINITY;

/** Where tslab compiles a cell, in the stack of an error. */
const COMPILER = join('tslab', 'dist', 'converter');

const resultOf = (text, count) => ({
  data: { 'text/plain': text },
  metadata: {},
  execution_count: count,
});

/**
 * Runs a cell; what tslab threw, or undefined. An error of the compiler itself comes before any of the cell has run, and
 * its next build is a fresh one: the cell is tried once more.
 */
async function executePatiently(kernel, execute) {
  const attempt = () =>
    execute().then(
      () => undefined,
      (thrown) => thrown,
    );
  const thrown = await attempt();
  if (!String(thrown?.stack).includes(COMPILER)) return thrown;
  kernel.execCount--; // the second attempt counts anew
  return attempt();
}

/** Cells of a notebook that is not graded: they run as they are, and their value is that of their last expression. */
const ALL_ALIKE = { read: (code) => ({ code }), begin() {}, value: (_, last) => last };

/** Mends how cells are executed, and what is told about it. */
function mendExecution(server, handler, { outcome, labCells = ALL_ALIKE }) {
  const publishers = new WeakMap();
  const queues = new WeakMap();
  const { handleExecute: answer } = server;
  server.handleExecute = function (socket, message) {
    publishers.set(message.content, (type, content) => publish(this, message, type, content));
    return answer.call(this, socket, message);
  };

  handler.handleExecute = function (request, writeStream, writeDisplay) {
    if (!queues.has(this)) queues.set(this, new CellQueue());
    const tell = request.silent ? () => {} : publishers.get(request);
    const cell = () => runCell(this, request, { writeStream, writeDisplay, tell });
    return queues.get(this).add(cell, { stopOnError: request.stop_on_error !== false });
  };

  /** Runs one cell and returns the content of its reply. */
  async function runCell(kernel, request, { writeStream, writeDisplay, tell }) {
    const stream = new StreamBuffer(writeStream, OUTPUT_LIMIT);
    const display = (data, update) => {
      stream.flush();
      writeDisplay(data, update);
    };
    tell('execute_input', { code: request.code, execution_count: kernel.execCount + 1 });
    const cell = labCells.read(request.code);
    const code = expandShorthand(cell.code);
    const thrown = await executePatiently(kernel, () => {
      labCells.begin(cell);
      return kernel.handleExecuteImpl({ ...request, code }, (name, text) => stream.add(name, text), display);
    });
    const passed = thrown === undefined;
    const { value: last, failure = passed ? undefined : describeThrown(thrown) } = outcome.take();
    const value = passed ? await labCells.value(cell, last) : undefined;
    // A cell that defines a module passes whatever the compiler says of it.
    if (passed && failure) stream.add('stderr', `${failure.traceback.join('\n')}\n`);
    stream.flush();
    if (value !== undefined) tell('execute_result', resultOf(value, kernel.execCount));
    if (!passed) tell('error', failure);
    const status = !passed
      ? { status: 'error', ...failure }
      : { status: 'ok', payload: [], user_expressions: {} };
    return { ...status, execution_count: kernel.execCount };
  }
}

module.exports = { mendExecution };
