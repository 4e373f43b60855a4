/**
 * TypeScript sets timers when a file that it has read changes on the disk: one for the next build, one for imports that
 * were not found. tslab has room for one, fires it when the next cell comes, and throws at the second: out of a watcher of
 * files, which fails the running cell. It gets one timer here, which stands for all that TypeScript has set.
 * @param host what TypeScript's `createWatchCompilerHost` made for tslab; changed in place
 */
function joinTimers(host) {
  const { setTimeout: set, clearTimeout: clear } = host;
  const waiting = new Set();
  let joint = null;
  let isFiring = false;

  function fire() {
    isFiring = true;
    try {
      // What runs may set timers again: they are run too.
      for (const timer of waiting) {
        waiting.delete(timer);
        timer.callback();
      }
      joint = null;
    } finally {
      isFiring = false;
    }
  }

  host.setTimeout = (callback, ...rest) => {
    const timer = { callback };
    waiting.add(timer);
    joint ??= set(fire, ...rest);
    return timer;
  };
  host.clearTimeout = (timer) => {
    waiting.delete(timer);
    if (waiting.size > 0 || isFiring || joint === null) return;
    clear(joint);
    joint = null;
  };
}

module.exports = { joinTimers };
