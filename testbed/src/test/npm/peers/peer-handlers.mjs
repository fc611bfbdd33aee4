/** What the peer does with events, whatever its version. */
export const handlers = {
  echo: (socket, ...args) => {
    if (typeof args.at(-1) === "function") args.pop()(...args);
    else socket.emit("echo", ...args);
  },
  "echo later": (socket, ms, value, ack) => setTimeout(ack, ms, value),
  add: (socket, bytes) => (socket.data.total = (socket.data.total ?? 0) + bytes.length),
  total: (socket, ack) => ack(socket.data.total),
  auth: (socket, ack) => ack(socket.handshake.auth),
  query: (socket, ack) => ack(socket.handshake.query),
  headers: (socket, ack) => ack(socket.handshake.headers),
  "never acknowledged": () => {},
  /** Asks the client, and tells it what it answered. */
  ask: (socket, ...args) => {
    socket.emit("question", ...args, (...answer) => socket.emit("answer", ...answer));
  },
  "ask in time": (socket, ms) => {
    socket.timeout(ms).emit("question", (error) => socket.emit("asked", error ? "timeout" : "answered"));
  },
  join: (socket, room, ack) => {
    socket.join(room);
    ack([...socket.rooms].filter((name) => name !== socket.id));
  },
  rooms: (socket, ack) => ack([...socket.rooms].filter((name) => name !== socket.id)),
  "to room": (socket, room, ...args) => socket.nsp.to(room).emit(...args),
  burst: (socket, count) => {
    for (let i = 0; i < count; i++) socket.emit("burst", i);
  },
  disconnect_me: (socket, close) => socket.disconnect(close),
};
