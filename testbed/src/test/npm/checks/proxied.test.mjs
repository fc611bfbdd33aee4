import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkOnPage } from "../lib/browser.mjs";
import { check, checkOverTransports, within } from "../lib/check.mjs";
import { call, connected, next } from "../lib/client.mjs";
import { MAX_PAYLOAD, PROXIED_URL } from "../lib/env.mjs";

/** A client that keeps the cookie by which the proxy knows its server. */
const proxied = (transport, options) => connected(transport, { base: PROXIED_URL, withCredentials: true, ...options });

const echo = (socket, value) => within(new Promise((resolve) => socket.emit("echo", value, resolve)), 20_000, "echo");

describe("official clients through a proxy", { concurrency: 2 }, () => {
  checkOverTransports(
    "carries what is little less than maxPayload",
    async (transport, keep) => {
      const socket = keep(await proxied(transport));
      const text = "x".repeat(MAX_PAYLOAD - 10_000);
      assert.equal(await echo(socket, text), text);
      assert.equal(socket.io.engine.transport.name, transport === "polling" ? "polling" : "websocket");
      const [{ address, secure }] = await call(socket, "who");
      assert.deepEqual({ address, secure }, { address: "127.0.0.1", secure: true });
    },
    { timeoutMs: 30_000 },
  );

  check("stays with its server while it polls", async (keep) => {
    const sockets = [];
    for (let i = 0; i < 6; i++) sockets.push(keep(await proxied("polling")));
    for (const socket of sockets) {
      const { id } = socket;
      const first = await call(socket, "who");
      for (let i = 0; i < 10; i++) assert.deepEqual(await call(socket, "who"), first);
      assert.equal(socket.id, id);
    }
  });
});

/** Runs in the browser: the name of the transport in the end, and whether the server knows of TLS. */
async function upgraded() {
  const socket = globalThis.io();
  const transport = await new Promise((resolve, reject) => {
    socket.once("connect_error", reject);
    socket.io.engine.once("upgrade", ({ name }) => resolve(name));
  });
  const { secure } = await socket.emitWithAck("who");
  return [transport, secure];
}

describe("a browser's page through a proxy", () => {
  checkOnPage(
    "of the server itself goes on over WebSocket",
    () => PROXIED_URL,
    async (page) => {
      await page.addScriptTag({ url: "/socket.io/socket.io.js" });
      assert.deepEqual(await page.evaluate(upgraded), ["websocket", true]);
    },
  );
});

describe("a server that restarts behind a proxy", () => {
  checkOverTransports(
    "has its clients back",
    async (transport, keep) => {
      const socket = keep(await proxied(transport, { reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 200 }));
      const { id } = socket;
      const back = next(socket.io, "reconnect", 20_000);
      socket.emit("restart");
      await back;
      await call(socket, "who");
      assert.notEqual(socket.id, id);
    },
    { timeoutMs: 30_000 },
  );
});
