/** Lets the kernel listen on files in place of ports: a sandbox without a network has no others. tslab writes `ipc` addresses as those of ports. */
function mendAddresses(server) {
  const { bindSocket } = server;
  server.bindSocket = function (socket, port) {
    const { transport, ip } = this.connInfo;
    return transport === 'ipc' ? socket.bind(`ipc://${ip}-${port}`) : bindSocket.call(this, socket, port);
  };
}

module.exports = { mendAddresses };
