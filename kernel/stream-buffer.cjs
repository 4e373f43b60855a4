/** Milliseconds for which printed text is gathered before it is sent. */
const GATHER = 50;

/**
 * Gathers what a cell prints into few messages: tslab sends one for each `console.log`, and each becomes an output of
 * its own in the saved notebook.
 */
class StreamBuffer {
  /**
   * @param write sends one `stream` message: (name, text)
   * @param limit characters that a cell may print; what follows is dropped, and it is said so
   */
  constructor(write, limit = Number.POSITIVE_INFINITY) {
    this.write = write;
    this.left = limit;
    this.name = 'stdout';
    this.text = '';
  }

  add(name, text) {
    if (name !== this.name) this.flush();
    this.name = name;
    if (this.left <= 0) return;
    this.text += text.length <= this.left ? text : `${text.slice(0, this.left)}\n(the rest is cut off)\n`;
    this.left -= text.length;
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
