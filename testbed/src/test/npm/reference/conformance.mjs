import { createServer } from "node:http";
import { Server } from "socket.io";
import msgpackParser from "socket.io-msgpack-parser";
import { handlers, reasons } from "./handlers.mjs";
import { listen, port, recoveryPort } from "./listen.mjs";

const OPTIONS = {
  path: "/socket.io/",
  pingInterval: 1000,
  pingTimeout: 2000,
  upgradeTimeout: 1000,
  connectTimeout: 1500,
  maxHttpBufferSize: 1_000_000,
  cors: { origin: "http://app.example", credentials: true },
  serveClient: false,
  ...(process.env.PARSER === "msgpack" && { parser: msgpackParser }),
  allowEIO3: process.env.ALLOW_EIO3 === "1",
};
const RECOVERY = { connectionStateRecovery: { maxDisconnectionDuration: 3000, skipMiddlewares: true } };

function requireToken(socket, next) {
  if (socket.handshake.auth.token === "s3cret") return next();
  const refusal = new Error("not authorized");
  refusal.data = { code: 4010, retry: false };
  next(refusal);
}

function onConnection(socket) {
  socket.emit("welcome", { id: socket.id, auth: socket.handshake.auth });
  socket.on("disconnect", (reason) => reasons.set(socket.id, reason));
  for (const [event, handler] of Object.entries(handlers)) {
    socket.on(event, (...args) => handler(socket, ...args));
  }
}

function app(options) {
  const http = createServer((request, response) => response.writeHead(404).end());
  const io = new Server(http, options);
  io.of("/admin").use(requireToken);
  for (const namespace of ["/", "/admin", /^\/dyn-\d+$/]) io.of(namespace).on("connection", onConnection);
  return http;
}

await listen("conformance", [
  [app(OPTIONS), port()],
  [app({ ...OPTIONS, ...RECOVERY }), recoveryPort()],
]);
