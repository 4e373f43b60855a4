/**
 * tslab sends without waiting. A zeromq socket takes some 500 messages in one turn of the event loop and then refuses
 * with EBUSY, so that output is lost together with the `idle` status, and the cell seems to run for ever. Here each
 * socket has a queue that is sent one message after the other.
 *
 * It also refuses while it is being bound, and a client may write as soon as there is an address: on a busy machine a kernel
 * then stayed deaf for ever. Messages wait in both directions until the socket is bound.
 */
function queued(Socket, options) {
  return class {
    constructor(given) {
      this.socket = new Socket({ ...options, ...given });
      this.messages = [];
      this.sending = false;
      this.bound = new Promise((fulfil) => {
        this.tellBound = fulfil;
      });
    }

    bind(address) {
      return this.socket.bind(address).finally(this.tellBound);
    }

    send(message) {
      this.messages.push(message);
      if (!this.sending) void this.drain();
      return Promise.resolve();
    }

    async drain() {
      this.sending = true;
      await this.bound;
      try {
        while (this.messages.length > 0) await this.socket.send(this.messages.shift());
      } catch (error) {
        // The socket was closed under a message: nobody is left to read it.
        if (!this.socket.closed) throw error;
      } finally {
        this.sending = false;
        if (this.closing) this.socket.close();
      }
    }

    /** Closes after the last message has gone out. */
    close() {
      this.closing = true;
      if (!this.sending) this.socket.close();
    }

    [Symbol.asyncIterator]() {
      const messages = this.socket[Symbol.asyncIterator]();
      return { next: () => this.bound.then(() => messages.next()) };
    }
  };
}

/** Replaces the sockets that tslab writes to, in the zeromq module that it is about to load. */
function queueSends(zeromq) {
  // 0: no limit. A full queue would drop messages for a slow reader.
  zeromq.Publisher = queued(zeromq.Publisher, { sendHighWaterMark: 0 });
  zeromq.Router = queued(zeromq.Router, { sendHighWaterMark: 0 });
  zeromq.Reply = queued(zeromq.Reply);
}

module.exports = { queueSends };
