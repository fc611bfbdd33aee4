import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { Server } from "socket.io";
import msgpackParser from "socket.io-msgpack-parser";
import { handlers } from "./peer-handlers.mjs";

/**
 * A server for clients under test. Options are JSON in the first argument: socket.io's own, and
 * `port`, `version` (2 for Socket.IO 2), `msgpack`, `refuse` (a message for all handshakes), `delay` (ms before a
 * handshake is answered), `keepAlive` (seconds for which idle HTTP connections stay), `pfx` (key and certificate in base64, for HTTP/2 and HTTP/1.1 over TLS).
 * Commands are lines of stdin, each answered by a line of stdout: see `commands`.
 */
const { port = 0, version, msgpack, refuse, delay = 0, keepAlive = 5, pfx, ...options } = JSON.parse(process.argv[2] ?? "{}");

const connections = new Set();
const handshakes = [];
const received = [];
const counted = new Map();

const notFound = (request, response) => response.writeHead(404).end();
const http = pfx
  ? createSecureServer({ pfx: Buffer.from(pfx, "base64"), passphrase: "changeit", allowHTTP1: true }, notFound)
  : createServer(notFound);
http.keepAliveTimeout = keepAlive * 1000;
http.on("connection", (connection) => {
  connections.add(connection);
  connection.on("close", () => connections.delete(connection));
  connection.on("error", () => {});
});

function allowRequest(request, callback) {
  const allowed = refuse === undefined;
  setTimeout(() => callback(allowed ? null : refuse, allowed), delay);
}

function note({ url, headers, httpVersion }) {
  handshakes.push({ url, headers, httpVersion });
}

function createIo() {
  if (version === 2) return createRequire(import.meta.url)("socket.io-2")(http, { serveClient: false, ...options });
  return new Server(http, { serveClient: false, allowRequest, ...options, ...(msgpack && { parser: msgpackParser }) });
}

const io = createIo();
if (version !== 2) {
  io.engine.on("headers", (headers, request) => note(request));
  io.engine.on("initial_headers", (headers) => (headers["set-cookie"] = "node=peer-1; Path=/"));
  io.of("/refusing").use((socket, next) => {
    const refusal = new Error("not authorized");
    refusal.data = { code: 4010, retry: false };
    setTimeout(() => next(socket.handshake.auth.token === "s3cret" ? undefined : refusal), socket.handshake.auth.wait ?? 0);
  });
  io.of("/silent").use(() => {});
  for (const namespace of ["/", "/refusing", "/silent", "/chat", /^\/dyn-\d+$/]) io.of(namespace).on("connection", onConnection);
} else {
  io.on("connection", onConnection);
}

function onConnection(socket) {
  for (const [event, handler] of Object.entries(handlers)) {
    socket.on(event, (...args) => handler(socket, ...args));
  }
  socket.on("note", (value, ack) => {
    received.push(value);
    ack?.(value);
  });
  socket.on("second time", (value, ack) => {
    received.push(value);
    const times = (counted.get(value) ?? 0) + 1;
    counted.set(value, times);
    if (times === 2) ack(value);
  });
}

/** Stops whatever the server sends of its own: pings, and answers to ours. */
function silence() {
  for (const client of Object.values(io.engine.clients)) {
    client.sendPacket = () => {};
    clearTimeout(client.pingIntervalTimer?.id ?? client.pingIntervalTimer);
    clearTimeout(client.pingTimeoutTimer?.id ?? client.pingTimeoutTimer);
  }
}

const commands = {
  /** Resets every connection. */
  cut: () => connections.forEach((connection) => connection.resetAndDestroy()),
  silence,
  /** Closes the sessions as a server does that shuts down, but goes on. */
  close: () => Object.values(io.engine.clients).forEach((client) => client.close()),
  disconnect: () => io.disconnectSockets(false),
  kick: () => io.disconnectSockets(true),
  emit: (...args) => io.emit(...args),
  handshakes: () => handshakes,
  received: () => received,
  connections: () => connections.size,
  sockets: (namespace) => io.of(namespace).sockets.size,
  clients: () => io.engine.clientsCount,
};

http.listen(port, "127.0.0.1", () => console.log(http.address().port));
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const [command, ...args] = JSON.parse(line);
  console.log(JSON.stringify(commands[command](...args) ?? null));
});
lines.on("close", () => process.exit());
