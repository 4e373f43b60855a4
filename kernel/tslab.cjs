const { createRequire } = require('node:module');

/** Loads a package that tslab depends on: the very copy that tslab loads, wherever it lies. */
const requireAsTslab = createRequire(require.resolve('tslab/dist/main.js'));

module.exports = { requireAsTslab };
