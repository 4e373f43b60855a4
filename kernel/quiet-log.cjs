const { existsSync } = require('node:fs');
const { join } = require('node:path');

const COMPILED = join(__dirname, '../dist/engine/quiet-log.js');

/** Keeps TensorFlow's notes on its start out of Jupyter's terminal; see `src/engine/quiet-log.ts`. */
function quietTensorFlow() {
  // Where nothing is compiled, no cell can load TensorFlow through the helper module.
  if (existsSync(COMPILED)) require(COMPILED).quietTensorFlow();
}

module.exports = { quietTensorFlow };
