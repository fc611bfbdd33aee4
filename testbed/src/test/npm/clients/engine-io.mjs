import assert from "node:assert/strict";
import { describe } from "node:test";
import { Socket } from "engine.io-client";
import { checkTwice as check, eventually, sleep } from "../lib/check.mjs";
import { next } from "../lib/client.mjs";
import { ENGINE_URL } from "../lib/env.mjs";

const SETTINGS = {
  polling: ["polling"],
  websocket: ["websocket"],
  upgrade: ["polling", "websocket"],
};

async function opened(keep, transport) {
  const socket = keep(new Socket(ENGINE_URL, { transports: SETTINGS[transport] }));
  const upgraded = transport === "upgrade" ? next(socket, "upgrade") : undefined;
  socket.received = [];
  socket.on("message", (data) => socket.received.push(data));
  await next(socket, "open");
  await upgraded;
  return socket;
}

function received(socket, count) {
  return eventually(() => socket.received.length, (length) => length >= count, 5000).then(() => socket.received);
}

for (const transport of Object.keys(SETTINGS)) {
  describe(`engine.io-client over ${transport}`, () => {
    check("opens", async (keep) => {
      const socket = await opened(keep, transport);
      assert.equal(socket.transport.name, transport === "polling" ? "polling" : "websocket");
      assert.ok(socket.id.length >= 20);
    });

    check("gets its texts back in order", async (keep) => {
      const socket = await opened(keep, transport);
      const texts = ["a", "å€😀\u2028", "4", "x".repeat(100_000), "last"];
      texts.forEach((text) => socket.send(text));
      assert.deepEqual(await received(socket, texts.length), texts);
    });

    check("gets its binary back as binary", async (keep) => {
      const socket = await opened(keep, transport);
      const messages = [Buffer.from([1, 2, 3]), "text", Buffer.alloc(70_000, 7), "end"];
      messages.forEach((message) => socket.send(message));
      assert.deepEqual(await received(socket, messages.length), messages);
    });

    check("lives through several heartbeats", async (keep) => {
      const socket = await opened(keep, transport);
      let pings = 0;
      socket.on("ping", () => pings++);
      await sleep(1300);
      assert.ok(pings >= 3, `${pings} pings`);
      socket.send("still");
      assert.deepEqual(await received(socket, 1), ["still"]);
    });

    check("closes in order, after what was sent", async (keep) => {
      const socket = await opened(keep, transport);
      const ended = next(socket, "close");
      for (let i = 0; i < 20; i++) socket.send(`m${i}`);
      socket.close();
      assert.equal((await ended)[0], "forced close");
    });

    check("gets 500 small messages back in order", async (keep) => {
      const socket = await opened(keep, transport);
      const numbers = Array.from({ length: 500 }, (_, i) => String(i));
      numbers.forEach((number) => socket.send(number));
      assert.deepEqual(await received(socket, numbers.length), numbers);
    });
  });
}
