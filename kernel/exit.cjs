/** Ends the kernel: the one way for the kernel's own code. */
const endKernel = process.exit.bind(process);

/**
 * Keeps code in cells from ending the kernel, with everything that the notebook has computed and, when it is graded,
 * every point that follows.
 */
function refuseExit() {
  process.exit = () => {
    throw new Error('process.exit would end the kernel: leave it out, or throw an error to end the cell');
  };
}

module.exports = { endKernel, refuseExit };
