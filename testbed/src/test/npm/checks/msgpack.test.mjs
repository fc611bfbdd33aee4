import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe } from "node:test";
import { check, checkOverTransports, eventually, sleep } from "../lib/check.mjs";
import { call, client as clientOf, collect, connected as connectedOf, next } from "../lib/client.mjs";
import { MSGPACK, MsgpackPeer, encode } from "../lib/msgpack.mjs";

const A = Buffer.from([0, 1, 254, 255]);
const B = Buffer.from("bbb");
const ADMIN = { nsp: "/admin", auth: { token: "s3cret" } };
const lookalike = (num) => ({ _placeholder: true, num });
const numbers = (count) => Array.from({ length: count }, (_, i) => i);

const client = (transport, options) => clientOf(transport, { ...MSGPACK, ...options });
const connected = (transport, options) => connectedOf(transport, { ...MSGPACK, ...options });

describe("msgpack: connect", { concurrency: 4 }, () => {
  checkOverTransports("without auth", async (transport, keep) => {
    const socket = keep(client(transport));
    const [welcome] = await next(socket, "welcome");
    assert.deepEqual(welcome, { id: socket.id, auth: {} });
  });

  checkOverTransports("with auth of every type", async (transport, keep) => {
    const auth = { token: "é😀", n: 1.5, list: [1, null, true], deep: { a: { b: "c" } }, bytes: A };
    const socket = keep(client(transport, { auth }));
    const [welcome] = await next(socket, "welcome");
    assert.deepEqual(welcome, { id: socket.id, auth });
    assert.deepEqual((await call(socket, "whoami"))[0].auth, auth);
  });

  checkOverTransports("an unknown namespace is refused", async (transport, keep) => {
    const socket = keep(client(transport, { nsp: "/random" }));
    const [error] = await next(socket, "connect_error");
    assert.equal(error.message, "Invalid namespace");
  });

  checkOverTransports("middleware refuses with data", async (transport, keep) => {
    const socket = keep(client(transport, { nsp: "/admin", auth: { token: "wrong" } }));
    const [error] = await next(socket, "connect_error");
    assert.equal(error.message, "not authorized");
    assert.deepEqual(error.data, { code: 4010, retry: false });
  });

  checkOverTransports("two namespaces share a connection", async (transport, keep) => {
    const main = keep(await connected(transport));
    const admin = keep(main.io.socket("/admin", { auth: ADMIN.auth }));
    await next(admin, "connect");
    assert.deepEqual(await call(admin, "echo", "admin", A), ["admin", A]);
    admin.disconnect();
    assert.deepEqual(await call(main, "echo", "main", B), ["main", B]);
  });

  checkOverTransports("the server disconnects, and is told when the client does", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const ended = next(socket, "disconnect");
    socket.emit("kick", false);
    assert.equal((await ended)[0], "io server disconnect");
    const other = keep(await connected(transport));
    const { id } = other;
    other.disconnect();
    const witness = keep(await connected("websocket"));
    await eventually(() => call(witness, "reason", id), ([reason]) => reason === "client namespace disconnect");
  });
});

describe("msgpack: events and acks", { concurrency: 4 }, () => {
  for (const [what, ...args] of [
    ["nothing"],
    ["null, booleans", null, true, false],
    ["small integers", 0, 1, 127, 128, 255, 256, 65_535, 65_536, -1, -32, -33, -128, -129, -32_768, -32_769],
    ["large integers", 2 ** 31, 2 ** 32, 2 ** 53 - 1, -(2 ** 31), -(2 ** 31) - 1, -(2 ** 53) + 1],
    ["fractions", 0.1, -1.5, 1e-7, 123456789.125, 2.2250738585072014e-308, 5e-324],
    ["text", "", "a", "é", "€", "😀", "\u0000\b\f\n\"\\", "x".repeat(31), "x".repeat(32), "y".repeat(70_000)],
    ["containers", [], {}, [[[]]], { a: { b: [{ c: null }] } }, [1, "two", [3]]],
    ["many elements", numbers(15), numbers(16), numbers(70_000)],
    ["many members", Object.fromEntries(numbers(20).map((i) => [`k${i}`, i]))],
    ["odd keys", { "": 1, "é": 2, 5: 3, constructor: 4, "a\"b": 5 }],
    ["binary", A, Buffer.alloc(0), randomBytes(255), randomBytes(256), randomBytes(70_000)],
    ["binary within", { list: [A, "x", { b: B }] }, [[[A]]], null, B],
    ["a hundred binary values", ...numbers(100).map((i) => Buffer.from([i]))],
    ["what looks like a placeholder", lookalike(0), { list: [lookalike(1)] }],
    ["what looks like a placeholder beside binary", lookalike(0), A, { k: lookalike(0), b: B }, [lookalike(7)]],
  ]) {
    checkOverTransports(`echo: ${what}`, async (transport, keep) => {
      const socket = keep(await connected(transport));
      assert.deepEqual(await call(socket, "echo", ...args), args);
      const back = next(socket, "echo");
      socket.emit("echo", ...args);
      assert.deepEqual(await back, args);
    });
  }

  checkOverTransports("types as handlers see them", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const types = await call(socket, "types", 1, 1.5, "x", null, true, [1], { a: 1 }, A, lookalike(0));
    assert.deepEqual(types, [
      ["number", "number", "string", "null", "boolean", "array", "object", "binary:4:510", "object"],
    ]);
  });

  checkOverTransports("the server asks and the client acknowledges", async (transport, keep) => {
    const socket = keep(await connected(transport));
    socket.once("question", (...args) => args.pop()(...args, { more: B }));
    const answer = next(socket, "answer");
    socket.emit("ask", "q", A, [null]);
    assert.deepEqual(await answer, ["q", A, [null], { more: B }]);
  });

  checkOverTransports("200 acks under way, each finds its own", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const answers = await Promise.all(numbers(200).map((i) => call(socket, "echo", i, Buffer.from([i]))));
    assert.deepEqual(answers, numbers(200).map((i) => [i, Buffer.from([i])]));
  });

  checkOverTransports("text and binary keep their order", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const back = collect(socket, "echo");
    for (let i = 0; i < 200; i++) socket.emit("echo", i, ...(i % 2 ? [A, B] : []));
    await eventually(() => back.length, (length) => length === 200);
    assert.deepEqual(back, numbers(200));
  });

  checkOverTransports("large messages", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const bytes = randomBytes(600_000);
    const sum = bytes.reduce((total, byte) => total + byte, 0) % 65_536;
    assert.deepEqual(await call(socket, "types", bytes), [[`binary:600000:${sum}`]]);
    assert.deepEqual(await call(socket, "size", "x".repeat(600_000)), [600_000]);
    assert.equal((await call(socket, "big", 900_000))[0].length, 900_000);
  });
});

describe("msgpack: rooms", { concurrency: 4 }, () => {
  checkOverTransports("a broadcast reaches the members alone, the same for all", async (transport, keep) => {
    const room = `msgpack-${transport}-${process.pid}`;
    const [speaker, member, other] = [await connected(transport), await connected("polling"), await connected("websocket")];
    [speaker, member, other].forEach(keep);
    await Promise.all([speaker, member].map((socket) => call(socket, "join", room)));
    const heard = [speaker, member, other].map((socket) => collect(socket, "said"));
    const payload = { text: "é", bytes: A, looks: lookalike(0) };
    await call(speaker, "to", [room], [], "said", payload);
    await call(speaker, "socket-to", [room], [], "said", "others");
    await eventually(() => heard[1].length, (length) => length === 2);
    await call(other, "echo", "settled");
    assert.deepEqual(heard, [[payload], [payload, "others"], []]);
  });

  checkOverTransports("a broadcast with acks", async (transport, keep) => {
    const room = `msgpack-acks-${transport}-${process.pid}`;
    const members = await Promise.all(numbers(3).map(() => connected(transport)));
    for (const [i, member] of members.entries()) {
      keep(member).on("poll", (payload, ack) => ack({ i, payload }));
      await call(member, "join", room);
    }
    const [{ timedOut, responses }] = await call(members[0], "broadcast-ack", room, 2000, A);
    assert.equal(timedOut, false);
    assert.deepEqual(responses.sort((a, b) => a.i - b.i), numbers(3).map((i) => ({ i, payload: A })));
  });
});

describe("msgpack: the upgrade under load", { concurrency: 2 }, () => {
  const moments = {
    "before the connection": () => Promise.resolve(),
    "at the connection": (socket) => next(socket, "connect"),
    "at the probe": (socket) => next(socket.io.engine, "upgrading"),
    "at the switch": (socket) => next(socket.io.engine, "upgrade"),
  };
  for (const moment of Object.keys(moments)) {
    for (let round = 1; round <= 5; round++) {
      check(`nothing is lost from ${moment}, round ${round}`, async (keep) => {
        const socket = keep(client("upgrade"));
        const upgraded = next(socket.io.engine, "upgrade", 10_000);
        const received = collect(socket, "seq");
        const back = [];
        socket.on("echo", (i, bytes) => back.push([i, bytes.readUInt16LE()]));
        await moments[moment](socket);
        socket.emit("stream", 500, 5, 1);
        for (let i = 0; i < 500; i++) {
          socket.emit("up", i);
          socket.emit("echo", i, Buffer.from([i & 255, i >> 8]));
          if (i % 10 === 9) await sleep(1);
        }
        await upgraded;
        const [reported] = await call(socket, "up-report");
        await eventually(() => Math.min(received.length, back.length), (length) => length >= 500, 10_000);
        assert.deepEqual(reported, numbers(500));
        assert.deepEqual(received, numbers(500));
        assert.deepEqual(back, numbers(500).map((i) => [i, i]));
      }, { timeoutMs: 20_000 });
    }
  }
});

describe("msgpack: what well-behaved encoders write", { concurrency: 4 }, () => {
  const FLOATS = Buffer.from(
    "84a474797065cb4000000000000000a36e7370a12fa26964cb4022000000000000a46461746192a5747970657301",
    "hex",
  );
  const LONG_WINDED = Buffer.from(
    "df00000004d90474797065d10002a36e7370db000000012fa26964cd0009a464617461dd00000002da0005747970657301",
    "hex",
  );
  const date = new Date("2020-01-01T00:00:00.005Z");
  for (const [what, packet] of [
    ["undefined where there is no value", { type: 2, nsp: "/", id: 9, data: ["types", 1], more: undefined }],
    ["members that mean nothing", { type: 2, nsp: "/", id: 9, data: ["types", 1], options: { compress: true }, x: [A] }],
    ["type and id as floats", FLOATS],
    ["sizes that are longer than needed", LONG_WINDED],
  ]) {
    checkOverTransports(what, async (transport, keep) => {
      const peer = keep(await MsgpackPeer.connected(transport));
      peer.send(packet);
      assert.deepEqual(await peer.packet(), { type: 3, nsp: "/", id: 9, data: [["number"]] });
    });
  }

  checkOverTransports("array buffers and views are binary", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const bytes = Uint8Array.from([1, 2, 3, 4]);
    const seen = (await call(socket, "types", bytes.buffer, bytes, new ArrayBuffer(0)))[0];
    assert.equal(seen.length, 3);
    if (seen[0] === "binary:4:10") assert.deepEqual(seen, ["binary:4:10", "binary:4:10", "binary:0:0"]);
    else assert.deepEqual(seen, ["object", "object", "object"], "Node leaves them as array buffers");
  });

  checkOverTransports("dates arrive as dates or as their text", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const [back] = await call(socket, "echo", date);
    assert.equal(back instanceof Date ? back.toJSON() : back, "2020-01-01T00:00:00.005Z");
  });

  checkOverTransports("NaN, infinity and undefined harm nothing", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const back = await call(socket, "echo", NaN, Infinity, undefined, { a: undefined }, "end");
    assert.equal(back.length, 5);
    assert.equal(back[4], "end");
  });

  check("one message for each packet, whatever is in it", async (keep) => {
    const peer = keep(await MsgpackPeer.connected("websocket"));
    peer.send({ type: 2, nsp: "/", id: 3, data: ["echo", A, { b: B }] });
    assert.deepEqual(await peer.packet(), { type: 3, nsp: "/", id: 3, data: [A, { b: B }] });
    await peer.alive();
  });
});

describe("msgpack: what closes the connection", { concurrency: 4 }, () => {
  const event = (data) => ({ type: 2, nsp: "/", data });
  for (const [what, packet] of [
    ["an empty message", Buffer.alloc(0)],
    ["text", '42["echo"]'],
    ["a number", encode(2)],
    ["nil", encode(null)],
    ["an array", encode([2, "/"])],
    ["a byte that is never used", Buffer.from([0xc1])],
    ["a truncated packet", encode(event(["ignore", "text"])).subarray(0, -3)],
    ["bytes after the packet", Buffer.concat([encode(event(["ignore"])), Buffer.from([0])])],
    ["no type", { nsp: "/", data: ["ignore"] }],
    ["type 5", { type: 5, nsp: "/", data: ["ignore"] }],
    ["a negative type", { type: -1, nsp: "/", data: ["ignore"] }],
    ["a fraction for type", { type: 1.5, nsp: "/", data: ["ignore"] }],
    ["text for type", { type: "2", nsp: "/", data: ["ignore"] }],
    ["no namespace", { type: 2, data: ["ignore"] }],
    ["a number for namespace", { type: 2, nsp: 5, data: ["ignore"] }],
    ["an event without data", { type: 2, nsp: "/" }],
    ["an object for event", event({})],
    ["text for event", event("ignore")],
    ["null for event", event(null)],
    ["an ack with an object", { type: 3, nsp: "/", id: 0, data: {} }],
    ["an ack without data", { type: 3, nsp: "/", id: 0 }],
    ["text for id", { type: 2, nsp: "/", id: "1", data: ["ignore"] }],
    ["null for id", { type: 2, nsp: "/", id: null, data: ["ignore"] }],
    ["a fraction for id", { type: 2, nsp: "/", id: 1.5, data: ["ignore"] }],
    ["DISCONNECT with data", { type: 1, nsp: "/", data: {} }],
    ["CONNECT with an array", { type: 0, nsp: "/admin", data: [] }],
    ["CONNECT with null", { type: 0, nsp: "/admin", data: null }],
    ["CONNECT_ERROR from a client", { type: 4, nsp: "/", data: { message: "no" } }],
    ["a second CONNECT", { type: 0, nsp: "/" }],
    ["a namespace that was not joined", { type: 2, nsp: "/admin", data: ["ignore"] }],
  ]) {
    checkOverTransports(what, async (transport, keep) => {
      const peer = keep(await MsgpackPeer.connected(transport));
      peer.send(packet);
      await peer.closed();
      const witness = keep(await connected("websocket"));
      const known = ["forced close", "parse error", "forced server close"];
      await eventually(() => call(witness, "reason", peer.id), ([reason]) => known.includes(reason));
    });
  }
});

describe("msgpack: what may be served or refused, but harms nobody else", { concurrency: 4 }, () => {
  const head = Buffer.from("83a47479706502a36e7370a12fa46461746192a669676e6f7265", "hex");
  const tail = (hex) => Buffer.concat([head, Buffer.from(hex, "hex")]);
  for (const [what, packet] of [
    ["an event without name", { type: 2, nsp: "/", data: [] }],
    ["null as event name", { type: 2, nsp: "/", data: [null] }],
    ["a reserved event", { type: 2, nsp: "/", data: ["disconnect", "x"] }],
    ["a negative id", { type: 2, nsp: "/", id: -1, data: ["ignore"] }],
    ["an id of 64 bits", { type: 2, nsp: "/", id: 2 ** 63, data: ["ignore"] }],
    ["an array of four billion elements", tail("ddffffffff")],
    ["a map of a billion members", tail("df40000000")],
    ["text of two billion bytes", tail("db7fffffff")],
    ["binary of four billion bytes", tail("c6ffffffff")],
    ["an extension of two billion bytes", tail("c97fffffff05")],
    ["an unknown extension", tail("d4050a")],
    ["a nil key", tail("81c001")],
    ["malformed UTF-8", tail("a2c328")],
    ["arrays 100,000 deep", tail("91".repeat(100_000) + "90")],
    ["maps 100,000 deep that never end", tail("81a16b".repeat(100_000))],
    ["10,000 binary values", tail(`dc2710${"c400".repeat(10_000)}`)],
    ["the key __proto__", tail("81a95f5f70726f746f5f5f8101c3")],
    ["a long namespace", { type: 0, nsp: `/${"n".repeat(100_000)}` }],
  ]) {
    checkOverTransports(what, async (transport, keep) => {
      const witness = keep(await MsgpackPeer.connected("websocket"));
      const peer = keep(await MsgpackPeer.connected(transport));
      peer.send(packet);
      await witness.alive();
      await keep(await MsgpackPeer.connected(transport)).alive();
    });
  }
});
