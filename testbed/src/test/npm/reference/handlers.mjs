import { setTimeout as sleep } from "node:timers/promises";

export const reasons = new Map();
const ups = new WeakMap();

function echo(event) {
  return (socket, ...args) => {
    const ack = typeof args.at(-1) === "function" ? args.pop() : (...same) => socket.emit(event, ...same);
    ack(...args);
  };
}

function typeName(value) {
  if (value === null) return "null";
  if (Buffer.isBuffer(value)) return `binary:${value.length}:${value.reduce((sum, byte) => sum + byte, 0) % 65536}`;
  return Array.isArray(value) ? "array" : typeof value;
}

function ownRooms(socket) {
  return [...socket.rooms].filter((room) => room !== socket.id).sort();
}

async function stream(socket, n, perTick, gapMs) {
  for (let i = 0; i < n; i++) {
    if (i > 0 && i % perTick === 0) await sleep(gapMs);
    socket.emit("seq", i);
  }
}

function streamBinary(socket, n) {
  for (let i = 0; i < n; i++) {
    socket.emit("seq-bin", i, Buffer.from([i & 255, (i >> 8) & 255]), Buffer.from([7]));
    socket.emit("seq-txt", i);
  }
}

function broadcastAck(socket, room, ms, payload, ack) {
  socket.nsp
    .to(room)
    .timeout(ms)
    .emit("poll", payload, (error, responses) => ack({ timedOut: Boolean(error), responses }));
}

function whoami(socket) {
  const { auth, query } = socket.handshake;
  const { name: nsp } = socket.nsp;
  const transport = socket.conn.transport.name;
  return { id: socket.id, nsp, transport, auth, query: query.color ?? null, recovered: socket.recovered };
}

/** What the app does for each event of the client. */
export const handlers = {
  echo: echo("echo"),
  typed: echo("typed"),
  types: (socket, ...args) => {
    const ack = args.pop();
    ack(args.map(typeName));
  },
  ask: (socket, ...args) => socket.emit("question", ...args, (...answer) => socket.emit("answer", ...answer)),
  "ask-timeout": (socket, ms) =>
    socket.timeout(ms).emit("question", "timed", (error, answer) =>
      socket.emit("asked", { timedOut: Boolean(error), answer: error ? null : answer }),
    ),
  ignore: () => {},
  late: (socket, ms, ack) => setTimeout(() => ack("late"), ms),
  twice: (socket, ack) => {
    ack("first");
    ack("second");
  },
  join: (socket, room, ack) => {
    socket.join(room);
    ack();
  },
  leave: (socket, room, ack) => {
    socket.leave(room);
    ack();
  },
  rooms: (socket, ack) => ack(ownRooms(socket)),
  members: async (socket, room, ack) => {
    const members = await socket.nsp.in(room).fetchSockets();
    ack(members.map((member) => member.id).sort());
  },
  to: (socket, rooms, except, event, payload, ack) => {
    socket.nsp.to(rooms).except(except).emit(event, payload);
    ack();
  },
  "socket-to": (socket, rooms, except, event, payload, ack) => {
    socket.to(rooms).except(except).emit(event, payload);
    ack();
  },
  broadcast: (socket, event, payload, ack) => {
    socket.broadcast.emit(event, payload);
    ack();
  },
  "broadcast-ack": broadcastAck,
  up: (socket, number) => {
    if (!ups.has(socket)) ups.set(socket, []);
    ups.get(socket).push(number);
  },
  "up-report": (socket, ack) => {
    ack(ups.get(socket) ?? []);
    ups.delete(socket);
  },
  stream,
  "stream-bin": streamBinary,
  volatile: (socket, n) => {
    for (let i = 0; i < n; i++) socket.volatile.emit("vol", i);
    socket.emit("vol-end", n);
  },
  size: (socket, value, ack) => ack(value.length),
  big: (socket, n, ack) => ack("x".repeat(n)),
  whoami: (socket, ack) => ack(whoami(socket)),
  kick: (socket, close) => socket.disconnect(close),
  kill: (socket) => socket.conn.close(),
  reason: (socket, id, ack) => ack(reasons.get(id) ?? null),
};
