import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkOverTransports, eventually, sleep } from "../lib/check.mjs";
import { call, client, collect, connected, next } from "../lib/client.mjs";

const TOKEN = { token: "s3cret" };

describe("events of the official client", { concurrency: 4 }, () => {
  checkOverTransports("welcome has the id of the client", async (transport, keep) => {
    const socket = keep(client(transport));
    const [welcome] = await next(socket, "welcome");
    assert.deepEqual(welcome, { id: socket.id, auth: {} });
  });

  checkOverTransports("welcome has the auth payload", async (transport, keep) => {
    const auth = { token: "t", list: [1, { two: 2 }] };
    const socket = keep(client(transport, { auth }));
    const [welcome] = await next(socket, "welcome");
    assert.deepEqual(welcome, { id: socket.id, auth });
  });

  checkOverTransports("echo without ack", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const back = next(socket, "echo");
    socket.emit("echo", 1, "two", null, [true], { five: 5 });
    assert.deepEqual(await back, [1, "two", null, [true], { five: 5 }]);
  });

  checkOverTransports("echo without arguments", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const back = next(socket, "echo");
    socket.emit("echo");
    assert.deepEqual(await back, []);
    assert.deepEqual(await call(socket, "echo"), []);
  });

  for (const [what, ...args] of [
    ["text", "hello"],
    ["empty text", ""],
    ["text like a number", "12"],
    ["text like JSON", '{"a":1}', "[1]", '"x"', "null"],
    ["text like a packet", '42["echo"]', "451-", "/admin,", "1-"],
    ["accents, Greek, Chinese", "äöü", "αβγ", "漢字"],
    ["astral letters", "😀𝄞👩‍👩‍👧‍👦", "a😀b"],
    ["line separators", "a\u2028b\u2029c", "\u0085"],
    ["control characters", "\u0000\u0001\u001e\u001f\u007f", "\t\r\n\b\f"],
    ["byte order mark and noncharacters", "\ufeffx", "\ufffe\uffff"],
    ["combining marks and directions", "e\u0301", "\u202eabc\u202c"],
    ["quotes and slashes", "\"\\/'`", "</script>", "\\u0041"],
    ["small numbers", 0, 1, -1, 127, 128, -129, 255, 256],
    ["numbers at the limits of int", 2147483647, -2147483648, 2147483648, 4294967296],
    ["the largest safe numbers", 9007199254740991, -9007199254740991],
    ["fractions", 0.1, -0.5, 1.5e-7, 3.141592653589793, 1e21, 1.7976931348623157e308, 5e-324],
    ["null and booleans", null, true, false],
    ["nested containers", [[[]]], { a: { b: { c: [null, { d: {} }] } } }],
    ["strange keys", { "": 1, " ": 2, "a.b": 3, "😀": 4, length: 5, "0": 6, constructor: 7, toString: 8 }],
    ["an object that looks like a placeholder", { _placeholder: false, num: 0 }],
    ["many arguments", ...Array.from({ length: 50 }, (_, i) => i)],
  ]) {
    checkOverTransports(`echo of ${what}`, async (transport, keep) => {
      const socket = keep(await connected(transport));
      assert.deepEqual(await call(socket, "echo", ...args), args);
      const back = next(socket, "echo");
      socket.emit("echo", ...args);
      assert.deepEqual(await back, args);
    });
  }

  checkOverTransports("200 levels of nesting", async (transport, keep) => {
    const socket = keep(await connected(transport));
    let deep = "bottom";
    for (let i = 0; i < 100; i++) deep = [{ deeper: deep }];
    assert.deepEqual(await call(socket, "echo", deep), [deep]);
  });

  checkOverTransports("types are told apart", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const [types] = await call(socket, "types", null, true, 1.5, "x", [1], { a: 1 }, Buffer.from([200, 100]));
    assert.deepEqual(types, ["null", "boolean", "number", "string", "array", "object", "binary:2:300"]);
  });

  checkOverTransports("typed with and without ack", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const bytes = Buffer.from([1, 2]);
    const part = { name: "n", data: bytes, parts: [Buffer.from([3]), Buffer.from([4, 5])] };
    assert.deepEqual(await call(socket, "typed", "text", bytes, part), ["text", bytes, part]);
    const back = next(socket, "typed");
    socket.emit("typed", "text", bytes, part);
    assert.deepEqual(await back, ["text", bytes, part]);
  });

  checkOverTransports("size in UTF-16 units and in bytes", async (transport, keep) => {
    const socket = keep(await connected(transport));
    for (const [value, size] of [["", 0], ["abc", 3], ["å😀", 3], [Buffer.alloc(1000), 1000]]) {
      assert.deepEqual(await call(socket, "size", value), [size]);
    }
  });

  checkOverTransports("whoami", async (transport, keep) => {
    const query = { color: "blå & grön" };
    const socket = keep(await connected(transport, { nsp: "/admin", auth: TOKEN, query }));
    assert.deepEqual(await call(socket, "whoami"), [
      {
        id: socket.id,
        nsp: "/admin",
        transport: transport === "polling" ? "polling" : "websocket",
        auth: TOKEN,
        query: query.color,
        recovered: false,
      },
    ]);
  });

  checkOverTransports("whoami without query", async (transport, keep) => {
    const socket = keep(await connected(transport));
    assert.equal((await call(socket, "whoami"))[0].query, null);
  });

  checkOverTransports("events arrive in order", async (transport, keep) => {
    const socket = keep(await connected(transport));
    for (let i = 0; i < 500; i++) socket.emit("up", i);
    assert.deepEqual(await call(socket, "up-report"), [Array.from({ length: 500 }, (_, i) => i)]);
    assert.deepEqual(await call(socket, "up-report"), [[]]);
  });

  checkOverTransports("events and acks keep one order", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const seen = [];
    socket.on("echo", (value) => seen.push(`event ${value}`));
    for (let i = 0; i < 50; i++) {
      socket.emit("echo", i);
      socket.emit("echo", i, (value) => seen.push(`ack ${value}`));
    }
    await eventually(() => seen.length, (length) => length === 100);
    assert.deepEqual(seen, Array.from({ length: 50 }, (_, i) => [`event ${i}`, `ack ${i}`]).flat());
  });

  checkOverTransports("what was sent before the connection is not lost", async (transport, keep) => {
    const socket = keep(client(transport));
    for (let i = 0; i < 20; i++) socket.emit("up", i);
    assert.deepEqual(await call(socket, "up-report"), [Array.from({ length: 20 }, (_, i) => i)]);
  });
});

describe("namespaces of the official client", { concurrency: 4 }, () => {
  checkOverTransports("/admin is refused with message and data", async (transport, keep) => {
    const socket = keep(client(transport, { nsp: "/admin", auth: { token: "wrong" } }));
    const [error] = await next(socket, "connect_error");
    assert.equal(error.message, "not authorized");
    assert.deepEqual(error.data, { code: 4010, retry: false });
    assert.equal(socket.connected, false);
  });

  checkOverTransports("/admin is open for the token, by a second try", async (transport, keep) => {
    const socket = keep(client(transport, { nsp: "/admin" }));
    await next(socket, "connect_error");
    socket.auth = TOKEN;
    socket.connect();
    await next(socket, "connect");
    assert.deepEqual(await call(socket, "echo", 1), [1]);
  });

  checkOverTransports("an unknown namespace is invalid", async (transport, keep) => {
    const socket = keep(client(transport, { nsp: "/nowhere" }));
    const [error] = await next(socket, "connect_error");
    assert.equal(error.message, "Invalid namespace");
  });

  checkOverTransports("two namespaces over one connection do not mix", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const admin = keep(socket.io.socket("/admin", { auth: TOKEN }));
    await next(admin, "connect");
    const [mine, its] = [collect(socket, "echo"), collect(admin, "echo")];
    socket.emit("echo", "main");
    admin.emit("echo", "admin");
    await eventually(() => mine.length + its.length, (length) => length === 2);
    assert.deepEqual([mine, its], [["main"], ["admin"]]);
    admin.disconnect();
    await sleep(50);
    assert.deepEqual(await call(socket, "echo", "still"), ["still"]);
  });
});
