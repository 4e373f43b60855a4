'use strict';

/**
 * Makes publishers that send one message after the other. tslab sends without waiting, and zeromq refuses what comes
 * while about 500 messages are under way: output was lost, and with it the `idle` status, so that the cell never ended.
 */
function queuePublisher(zeromq) {
  const Publisher = zeromq.Publisher;
  zeromq.Publisher = class QueuedPublisher {
    #socket = new Publisher({ sendHighWaterMark: 0 });
    #queue = [];
    #sending = false;
    #closing = false;

    bind(address) {
      return this.#socket.bind(address);
    }

    send(message) {
      this.#queue.push(message);
      if (!this.#sending) void this.#drain();
      return Promise.resolve();
    }

    close() {
      this.#closing = true;
      if (!this.#sending) this.#socket.close();
    }

    async #drain() {
      this.#sending = true;
      try {
        while (this.#queue.length > 0) await this.#socket.send(this.#queue.shift());
      } finally {
        this.#sending = false;
        if (this.#closing) this.#socket.close();
      }
    }
  };
}

module.exports = { queuePublisher };
