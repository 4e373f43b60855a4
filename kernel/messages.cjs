const { endKernel } = require('./exit.cjs');
const { requireAsTslab } = require('./tslab.cjs');

/** How long a kernel that was told to shut down may still work on closing its handles, in milliseconds. */
const SHUTDOWN_GRACE = 300;

/** Replies that JupyterLab asks for and tslab does not know or labels wrongly. */
const PLAIN_REPLIES = {
  comm_info_request: ['comm_info_reply', { status: 'ok', comms: {} }],
  history_request: ['history_reply', { status: 'ok', history: [] }],
};

/** Sends a message of this type to everyone who follows the kernel, as caused by `cause`. */
function publish(server, cause, type, content) {
  send(server, server.iopub, cause, type, content);
}

function send(server, socket, cause, type, content) {
  const message = cause.createReply();
  message.header.msg_type = type;
  message.content = content;
  message.signAndSend(server.connInfo.key, socket);
}

/** Mends what tslab answers besides executing cells. */
function mendMessages(server, handler) {
  answerPlainRequests(server);
  describeKernel(handler);
  const close = server.close;
  server.close = function () {
    close.call(this);
    // Timers and sockets of the notebook's code must not hold up a restart.
    setTimeout(() => endKernel(0), SHUTDOWN_GRACE);
  };
}

/** tslab passes every message through here first; a request that it would only warn about is answered at once. */
function answerPlainRequests(server) {
  const { handleShellMessage, publishStatus } = server;
  const sockets = new WeakMap();
  server.handleShellMessage = function (socket, ...parts) {
    sockets.set(this, socket);
    return handleShellMessage.call(this, socket, ...parts);
  };
  // Called synchronously at the start of every message, the only place that sees those of unknown type.
  server.publishStatus = function (status, cause) {
    publishStatus.call(this, status, cause);
    const type = cause.header.msg_type;
    if (status !== 'busy' || type === 'comm_info_request' || !PLAIN_REPLIES[type]) return;
    send(this, sockets.get(this), cause, ...PLAIN_REPLIES[type]);
    silenceWarningOnce();
  };
  server.handleCommInfoRequest = function (socket, cause) {
    send(this, socket, cause, ...PLAIN_REPLIES.comm_info_request);
  };
}

/** Drops the warning that tslab is about to print in this very turn about a request that has been answered. */
function silenceWarningOnce() {
  const { warn } = console;
  console.warn = () => {
    console.warn = warn;
  };
  queueMicrotask(() => {
    console.warn = warn;
  });
}

/** tslab's kernel_info_reply lacks the status, and names a TypeScript of 2019. */
function describeKernel(handler) {
  const { handleKernel } = handler;
  handler.handleKernel = function () {
    const reply = handleKernel.call(this);
    const { version } = requireAsTslab('@tslab/typescript-for-tslab');
    return { ...reply, status: 'ok', language_info: { ...reply.language_info, version } };
  };
}

module.exports = { mendMessages, publish };
