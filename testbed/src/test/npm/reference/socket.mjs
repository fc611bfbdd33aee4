import { createServer } from "node:http";
import { Server } from "socket.io";
import { listen, port } from "./listen.mjs";

const http = createServer((request, response) => response.writeHead(404).end());
const io = new Server(http, {
  path: "/socket.io/",
  pingInterval: 300,
  pingTimeout: 200,
  maxHttpBufferSize: 1_000_000,
  connectTimeout: 1000,
  cors: { origin: "*" },
  serveClient: false,
});

function serve(socket) {
  socket.emit("auth", socket.handshake.auth);
  socket.on("message", (...args) => socket.emit("message-back", ...args));
  socket.on("message-with-ack", (...args) => {
    const ack = args.pop();
    ack(...args);
  });
  socket.on("emit-with-ack", (...args) =>
    socket.emit("emit-with-ack", ...args, (...answer) => socket.emit("emit-with-ack", ...answer)),
  );
}

io.on("connection", serve);
io.of("/custom").on("connection", serve);
await listen("socket", [[http, port()]]);
