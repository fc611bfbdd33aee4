import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkTwice as check, sleep } from "../lib/check.mjs";
import { call, client, collect, connected, next } from "../lib/client.mjs";
import { SOCKET_URL, TRANSPORTS } from "../lib/env.mjs";

const base = SOCKET_URL;
const BYTES = Buffer.from([0, 1, 254, 255]);

for (const transport of TRANSPORTS) {
  describe(`socket.io-client over ${transport}, the socket app`, { concurrency: 2 }, () => {
    check("connects and is told its auth payload", async (keep) => {
      const socket = keep(client(transport, { base, auth: { token: "abc" } }));
      assert.deepEqual(await next(socket, "auth"), [{ token: "abc" }]);
      assert.equal(socket.connected, true);
    });

    check("is told {} without one", async (keep) => {
      const socket = keep(client(transport, { base }));
      assert.deepEqual(await next(socket, "auth"), [{}]);
    });

    check("ends on the expected transport", async (keep) => {
      const socket = keep(await connected(transport, { base }));
      assert.equal(socket.io.engine.transport.name, transport === "polling" ? "polling" : "websocket");
    });

    for (const [what, ...args] of [
      ["nothing"],
      ["text, number, null, containers", "å😀", 1.5, null, [1, { a: true }]],
      ["binary", BYTES],
      ["binary deep inside", { list: [BYTES, "x", { b: Buffer.alloc(0) }] }, 7],
    ]) {
      check(`message: ${what}`, async (keep) => {
        const socket = keep(await connected(transport, { base }));
        const back = next(socket, "message-back");
        socket.emit("message", ...args);
        assert.deepEqual(await back, args);
      });

      check(`message-with-ack: ${what}`, async (keep) => {
        const socket = keep(await connected(transport, { base }));
        assert.deepEqual(await call(socket, "message-with-ack", ...args), args);
      });

      check(`emit-with-ack: ${what}`, async (keep) => {
        const socket = keep(await connected(transport, { base }));
        const answered = new Promise((resolve) => {
          socket.once("emit-with-ack", (...question) => {
            socket.once("emit-with-ack", (...answer) => resolve(answer));
            question.pop()(...question, "and more");
          });
        });
        socket.emit("emit-with-ack", ...args);
        assert.deepEqual(await answered, [...args, "and more"]);
      });
    }

    check("/custom and the main namespace share a connection", async (keep) => {
      const socket = keep(await connected(transport, { base }));
      const custom = keep(socket.io.socket("/custom", { auth: { who: "custom" } }));
      assert.deepEqual(await next(custom, "auth"), [{ who: "custom" }]);
      assert.deepEqual(await call(custom, "message-with-ack", "c"), ["c"]);
      custom.disconnect();
      assert.deepEqual(await call(socket, "message-with-ack", "m"), ["m"]);
    });

    check("an unknown namespace is refused", async (keep) => {
      const socket = keep(client(transport, { base, nsp: "/random" }));
      const [error] = await next(socket, "connect_error");
      assert.equal(error.message, "Invalid namespace");
    });

    check("lives through several heartbeats", async (keep) => {
      const socket = keep(await connected(transport, { base }));
      const lost = collect(socket, "disconnect");
      await sleep(1300);
      assert.deepEqual(lost, []);
      assert.deepEqual(await call(socket, "message-with-ack", 1), [1]);
    });

    check("disconnects and connects again", async (keep) => {
      const socket = keep(await connected(transport, { base }));
      const ended = next(socket, "disconnect");
      socket.disconnect();
      assert.equal((await ended)[0], "io client disconnect");
      socket.connect();
      await next(socket, "connect");
      assert.deepEqual(await call(socket, "message-with-ack", 2), [2]);
    });
  });
}
