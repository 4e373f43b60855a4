/**
 * Offers to the code in cells what `src/notebook/kernel-bridge.ts` describes. A global, because the compiled helper
 * module must not know where tslab lies, and must load in an ordinary Node process.
 */
function offerBridge(jupyter, onInterrupt) {
  globalThis[Symbol.for('ferlab.kernel')] = {
    /** content: { data, metadata, transient: { display_id? } }; `update` replaces the output of the same id. */
    display(content, update) {
      if (!jupyter.lastWriteDisplayData)
        throw new Error('no cell has been run yet: there is nowhere to display');
      jupyter.lastWriteDisplayData(content, update);
    },
    onInterrupt,
  };
}

module.exports = { offerBridge };
