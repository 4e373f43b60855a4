/** Milliseconds for which printed text is gathered before it is sent. */
const GATHER = 50;

/**
 * Gathers what a cell prints into few messages: tslab sends one for each `console.log`, and each becomes an output of
 * its own in the saved notebook.
 */
class StreamBuffer {
  /** @param write sends one `stream` message: (name, text) */
  constructor(write) {
    this.write = write;
    this.name = 'stdout';
    this.text = '';
  }

  add(name, text) {
    if (name !== this.name) this.flush();
    this.name = name;
    this.text += text;
    this.timer ??= setTimeout(() => this.flush(), GATHER);
  }

  /** Sends what was gathered: before a display, so that the order stands, and at the end of the cell. */
  flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.text === '') return;
    const text = this.text;
    this.text = '';
    this.write(this.name, text);
  }
}

module.exports = { StreamBuffer };
