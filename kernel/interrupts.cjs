/**
 * Takes the interrupt over from tslab, which abandons the cell but leaves its code running: training would go on
 * unseen. While code of a cell listens it is told, and ends in order; else tslab does what it did.
 * @returns registers a listener, and returns its removal
 */
function ownInterrupts() {
  const abandonCell = process.listeners('SIGINT');
  const listeners = new Set();
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {
    for (const listener of listeners.size > 0 ? [...listeners] : abandonCell) listener();
  });
  return (listener) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
}

module.exports = { ownInterrupts };
