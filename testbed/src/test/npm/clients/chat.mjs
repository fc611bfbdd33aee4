import assert from "node:assert/strict";
import { describe } from "node:test";
import { check, eventually } from "../lib/check.mjs";
import { call, collect, connected, next } from "../lib/client.mjs";
import { TRANSPORTS } from "../lib/env.mjs";

/** Thirty clients on all transports in three rooms; each says ten lines to its room. */
async function chat(keep, prefix) {
  const members = await Promise.all(
    Array.from({ length: 30 }, async (_, i) => {
      const socket = keep(await connected(TRANSPORTS[i % 3]));
      const room = `${prefix}-${Math.floor(i / 10)}`;
      await call(socket, "join", room);
      return { name: `m${i}`, room, socket, heard: collect(socket, "said") };
    }),
  );
  for (let line = 0; line < 10; line++) {
    for (const { name, room, socket } of members) socket.emit("to", [room], [], "said", `${name}:${line}`, () => {});
  }
  return members;
}

describe("rooms with clients on all transports", () => {
  check("each hears its whole room, in each speaker's order, and nothing else", async (keep) => {
    const members = await chat(keep, `chat-${process.pid}`);
    for (const { room, heard } of members) {
      await eventually(() => heard.length, (length) => length >= 100, 6000);
      const speakers = members.filter((member) => member.room === room);
      for (const { name } of speakers) {
        const lines = heard.filter((line) => line.startsWith(`${name}:`));
        assert.deepEqual(lines, Array.from({ length: 10 }, (_, line) => `${name}:${line}`));
      }
      assert.equal(heard.length, 100);
    }
  }, { timeoutMs: 20_000 });

  for (const transport of TRANSPORTS) {
    check(`a broadcast asks everybody, ${transport} first`, async (keep) => {
      const order = [transport, ...TRANSPORTS.filter((other) => other !== transport)];
      const sockets = await Promise.all(order.map((name) => connected(name)));
      const room = `vote-${process.pid}-${transport}`;
      for (const [i, socket] of sockets.entries()) {
        keep(socket).on("poll", (question, ack) => ack(`${question} ${i}`));
        await call(socket, "join", room);
      }
      const [{ timedOut, responses }] = await call(sockets[0], "broadcast-ack", room, 3000, "vote");
      assert.equal(timedOut, false);
      assert.deepEqual(responses.sort(), ["vote 0", "vote 1", "vote 2"]);
    });

    check(`a room forgets who was killed, ${transport}`, async (keep) => {
      const [stays, goes] = [keep(await connected(transport)), keep(await connected(transport))];
      const room = `gone-${process.pid}-${transport}`;
      await call(stays, "join", room);
      await call(goes, "join", room);
      const ended = next(goes, "disconnect");
      goes.emit("kill");
      await ended;
      await eventually(() => call(stays, "members", room), ([ids]) => ids.join() === stays.id);
    });
  }
});
