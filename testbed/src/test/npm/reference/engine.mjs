import { createServer } from "node:http";
import { Server } from "engine.io";
import { listen, port } from "./listen.mjs";

const http = createServer((request, response) => response.writeHead(404).end());
const engine = new Server({
  pingInterval: 300,
  pingTimeout: 200,
  maxHttpBufferSize: 1_000_000,
  allowEIO3: true,
  cors: { origin: "*" },
});
engine.attach(http, { path: "/engine.io/" });
engine.on("connection", (socket) => socket.on("message", (data) => socket.send(data)));
await listen("engine", [[http, port()]]);
