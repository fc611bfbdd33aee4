import assert from "node:assert/strict";
import { describe } from "node:test";
import { check, eventually, sleep } from "../lib/check.mjs";
import { call, collect, connected, next } from "../lib/client.mjs";
import { WAYS, client2, connected2 } from "../lib/client2.mjs";
import { EIO3_URL, PING_INTERVAL_MS, PING_TIMEOUT_MS } from "../lib/env.mjs";

const BYTES = Buffer.from([0, 1, 2, 253, 254, 255]);
const TEXTS = ["", "hello", "grüße €", "😀 a 👩‍👩‍👧", "quotes \" and \\ and \n and \\n", "1:2 3:4b"];

function everyWay(name, body, options) {
  for (const way of Object.keys(WAYS)) check(`${name} [${way}]`, (keep) => body(way, keep), options);
}

async function reasonOf(id) {
  const observer = await connected("websocket", { base: EIO3_URL });
  try {
    const [reason] = await eventually(() => call(observer, "reason", id), ([found]) => found !== null);
    return reason;
  } finally {
    observer.close();
  }
}

describe("version 2: events", () => {
  everyWay("text comes back as it was", async (way, keep) => {
    const socket = keep(await connected2(way));
    for (const text of TEXTS) {
      assert.deepEqual(await call(socket, "echo", text, { deep: [text, null, 1.5] }), [text, { deep: [text, null, 1.5] }]);
    }
  });

  everyWay("events without acknowledgement go both ways", async (way, keep) => {
    const socket = keep(await connected2(way));
    const echo = next(socket, "echo");
    socket.emit("echo", "a", [BYTES, { b: BYTES }]);
    assert.deepEqual(await echo, ["a", [BYTES, { b: BYTES }]]);
  });

  everyWay("bytes come back as they were", async (way, keep) => {
    const socket = keep(await connected2(way));
    const sum = BYTES.reduce((total, byte) => total + byte, 0);
    assert.deepEqual(await call(socket, "types", BYTES, "text", Buffer.alloc(0), null), [
      [`binary:6:${sum}`, "string", "binary:0:0", "null"],
    ]);
    assert.deepEqual(await call(socket, "echo", { a: BYTES, text: "é", more: [BYTES] }), [
      { a: BYTES, text: "é", more: [BYTES] },
    ]);
  });

  everyWay("large bytes and texts pass", async (way, keep) => {
    const socket = keep(await connected2(way));
    const bytes = Buffer.alloc(200_000, "sockeye");
    const text = "ü😀".repeat(50_000);
    assert.deepEqual(await call(socket, "echo", bytes, text), [bytes, text]);
  });

  everyWay("the server asks and is answered, with bytes too", async (way, keep) => {
    const socket = keep(await connected2(way));
    socket.on("question", (value, ack) => ack(value, BYTES));
    const answer = next(socket, "answer");
    socket.emit("ask", BYTES);
    assert.deepEqual(await answer, [BYTES, BYTES]);
  });
});

describe("version 2: namespaces", () => {
  everyWay("the id is the one that the client computes", async (way, keep) => {
    const socket = keep(await connected2(way));
    const [me] = await call(socket, "whoami");
    assert.equal(me.id, socket.id);
    assert.equal(socket.id, socket.io.engine.id);
    assert.equal(me.nsp, "/");
    assert.deepEqual(me.auth, {});
  });

  everyWay("a query opens a namespace", async (way, keep) => {
    const socket = keep(await connected2(way, { nsp: "/admin?token=s3cret&x=%C3%BC%2C" }));
    const [me] = await call(socket, "whoami");
    assert.equal(me.id, socket.id);
    assert.equal(socket.id, `/admin#${socket.io.engine.id}`);
    assert.deepEqual({ nsp: me.nsp, auth: me.auth }, { nsp: "/admin", auth: { token: "s3cret", x: "ü," } });
  });

  everyWay("middleware refuses with its data", async (way, keep) => {
    const socket = keep(client2(way, { nsp: "/admin" }));
    assert.deepEqual(await next(socket, "error"), [{ code: 4010, retry: false }]);
    assert.equal(socket.connected, false);
  });

  everyWay("an unknown namespace is refused", async (way, keep) => {
    const [error] = await next(keep(client2(way, { nsp: "/nowhere" })), "error");
    assert.equal(error.message ?? error, "Invalid namespace");
  });

  everyWay("several namespaces share a connection", async (way, keep) => {
    const main = keep(await connected2(way));
    const admin = main.io.socket("/admin", { query: { token: "s3cret" } });
    await next(admin, "connect");
    assert.deepEqual(await call(admin, "echo", BYTES), [BYTES]);
    admin.close();
    assert.equal(await reasonOf(admin.io.generateId("/admin")), "client namespace disconnect");
    assert.deepEqual(await call(main, "echo", 1), [1]);
  });

  check("the query of the connection is known", async (keep) => {
    const socket = keep(await connected2("polling", { query: { color: "red" } }));
    assert.equal((await call(socket, "whoami"))[0].query, "red");
  });
});

describe("version 2: rooms", () => {
  check("clients of both versions hear the same broadcast", async (keep) => {
    const base = EIO3_URL;
    const old = await Promise.all(Object.keys(WAYS).map((way) => connected2(way)));
    const latest = await Promise.all(["polling", "websocket", "upgrade"].map((way) => connected(way, { base })));
    const everybody = [...old, ...latest].map(keep);
    await Promise.all(everybody.map((socket) => call(socket, "join", "mixed")));
    const outside = keep(await connected2("websocket"));
    const unheard = collect(outside, "news");
    for (const payload of ["text ü😀", { bytes: BYTES, list: [BYTES, 1] }]) {
      const heard = everybody.map((socket) => next(socket, "news"));
      await call(outside, "to", ["mixed"], [], "news", payload);
      for (const arrived of heard) assert.deepEqual(await arrived, [payload]);
    }
    await call(everybody[0], "broadcast", "news", "but me");
    assert.deepEqual(await next(outside, "news").catch(() => unheard), unheard);
    assert.deepEqual(unheard, ["but me"]);
  });

  check("rooms are left, and the own one never", async (keep) => {
    const socket = keep(await connected2("websocket"));
    await call(socket, "join", "a");
    assert.deepEqual(await call(socket, "rooms"), [["a"]]);
    await call(socket, "leave", "a");
    assert.deepEqual(await call(socket, "rooms"), [[]]);
    const mine = next(socket, "news");
    await call(keep(await connected2("polling")), "to", [socket.id], [], "news", 1);
    assert.deepEqual(await mine, [1]);
  });

  check("clients of both versions acknowledge one broadcast", async (keep) => {
    const base = EIO3_URL;
    const sockets = [keep(await connected2("polling")), keep(await connected("websocket", { base }))];
    for (const [i, socket] of sockets.entries()) {
      await call(socket, "join", "asked");
      socket.on("poll", (value, ack) => ack(value + i));
    }
    const [{ timedOut, responses }] = await call(sockets[0], "broadcast-ack", "asked", 2000, 10);
    assert.deepEqual({ timedOut, responses: responses.sort() }, { timedOut: false, responses: [10, 11] });
  });
});

describe("version 2: streams", () => {
  const N = 3000;
  const numbers = Array.from({ length: N }, (_, i) => i);

  check("nothing is lost on the way up to a websocket, in either direction", async (keep) => {
    const socket = keep(client2("upgrade"));
    const seen = collect(socket, "seq");
    const upgrade = new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
    await next(socket, "connect");
    socket.emit("stream", N, 30, 2);
    for (let i = 0; i < N; i++) {
      if (i % 30 === 29) await sleep(2);
      socket.emit("up", i);
    }
    await upgrade;
    assert.deepEqual(await call(socket, "up-report"), [numbers]);
    await eventually(() => seen.length, (length) => length === N, 5000);
    assert.deepEqual(seen, numbers);
  }, { timeoutMs: 15_000 });

  everyWay("text and bytes keep their order", async (way, keep) => {
    const socket = keep(await connected2(way));
    const seen = [];
    socket.on("seq-bin", (i, bytes, seven) => seen.push(["bin", i, bytes[0] + 256 * bytes[1], seven[0]]));
    socket.on("seq-txt", (i) => seen.push(["txt", i]));
    socket.emit("stream-bin", 300);
    await eventually(() => seen.length, (length) => length === 600);
    assert.deepEqual(seen, numbers.slice(0, 300).flatMap((i) => [["bin", i, i, 7], ["txt", i]]));
  });
});

describe("version 2: ends", () => {
  everyWay("the client leaves", async (way, keep) => {
    const socket = keep(await connected2(way));
    const { id } = socket;
    socket.close();
    assert.equal(await reasonOf(id), "client namespace disconnect");
  });

  everyWay("the client closes its engine", async (way, keep) => {
    const socket = keep(await connected2(way));
    const { id } = socket;
    socket.io.engine.close();
    assert.equal(await reasonOf(id), "transport close");
  });

  everyWay("the server disconnects the socket", async (way, keep) => {
    const socket = keep(await connected2(way));
    const { id } = socket;
    const end = next(socket, "disconnect");
    socket.emit("kick", false);
    assert.deepEqual(await end, ["io server disconnect"]);
    assert.equal(await reasonOf(id), "server namespace disconnect");
  });

  everyWay("the server closes the connection", async (way, keep) => {
    const socket = keep(await connected2(way));
    const end = next(socket, "disconnect");
    socket.emit("kill");
    assert.match((await end)[0], /^transport (close|error)$/);
  });
});

describe("version 2: heartbeat", () => {
  everyWay("the client asks, and is answered", async (way, keep) => {
    const socket = keep(await connected2(way));
    const latencies = collect(socket, "pong");
    await sleep(PING_INTERVAL_MS + PING_TIMEOUT_MS + 1500);
    assert.ok(latencies.length >= 3, `${latencies.length} pongs`);
    assert.deepEqual(await call(socket, "echo", 1), [1]);
  });
});
