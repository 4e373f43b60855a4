const { endKernel } = require('./exit.cjs');

const PERIOD = 1000;

/** Ends the kernel when the process that started it is gone: nobody could reach it again, and it may be training. */
function endWithParent() {
  const parent = process.ppid;
  // Started by hand from the first process of a container there is nobody to lose.
  if (parent === 1) return;
  setInterval(() => {
    if (process.ppid !== parent) endKernel(1);
  }, PERIOD).unref();
}

module.exports = { endWithParent };
