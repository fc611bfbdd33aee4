import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe } from "node:test";
import { checkOverTransports, eventually } from "../lib/check.mjs";
import { call, collect, connected, next } from "../lib/client.mjs";
import { Peer } from "../lib/peer.mjs";

const A = Buffer.from([0, 1, 254, 255]);
const B = Buffer.from("bbb");
const hole = (num) => `{"_placeholder":true,"num":${num}}`;
const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

describe("binary with the official client", { concurrency: 4 }, () => {
  for (const [what, ...args] of [
    ["alone", A],
    ["empty", Buffer.alloc(0)],
    ["first", A, "text", 1],
    ["last", "text", 1, A],
    ["between", 1, A, 2],
    ["twice the same", A, A],
    ["in an array", [A, [B, [A]]]],
    ["in an object", { a: A, b: { c: B } }],
    ["in both", [{ a: [A, "x", { b: B }] }, null], B],
    ["beside null", null, A, null],
    ["all bytes", ALL_BYTES],
    ["bytes like a packet", Buffer.from('42["echo"]'), Buffer.from("2"), Buffer.from("b")],
    ["one byte each", ...Array.from({ length: 10 }, (_, i) => Buffer.from([i]))],
    ["three lengths of base64", Buffer.from([1]), Buffer.from([1, 2]), Buffer.from([1, 2, 3])],
    ["beside a key _placeholder", { _placeholder: false, num: 3, data: A }],
  ]) {
    checkOverTransports(`echo of binary: ${what}`, async (transport, keep) => {
      const socket = keep(await connected(transport));
      assert.deepEqual(await call(socket, "echo", ...args), args);
      const back = next(socket, "echo");
      socket.emit("echo", ...args);
      assert.deepEqual(await back, args);
    });
  }

  checkOverTransports("typed arrays and ArrayBuffer arrive as their bytes", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const bytes = Uint8Array.from([1, 2, 3, 4]);
    for (const value of [bytes, bytes.buffer, new Uint16Array(bytes.buffer)]) {
      assert.deepEqual(await call(socket, "types", value), [["binary:4:10"]]);
    }
  });

  for (const size of [125, 126, 127, 65_535, 65_536, 300_000]) {
    checkOverTransports(`${size} random bytes`, async (transport, keep) => {
      const socket = keep(await connected(transport));
      const bytes = randomBytes(size);
      const sum = bytes.reduce((total, byte) => total + byte, 0) % 65_536;
      assert.deepEqual(await call(socket, "types", bytes), [[`binary:${size}:${sum}`]]);
      const [back] = await call(socket, "echo", bytes);
      assert.ok(bytes.equals(back));
    });
  }

  checkOverTransports("many binary events keep their order and their parts", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const back = [];
    socket.on("echo", (i, low, text, high) => back.push([i, low[0], text, high[0]]));
    for (let i = 0; i < 200; i++) socket.emit("echo", i, Buffer.from([i]), `t${i}`, Buffer.from([255 - i]));
    await eventually(() => back.length, (length) => length === 200);
    assert.deepEqual(back, Array.from({ length: 200 }, (_, i) => [i, i, `t${i}`, 255 - i]));
  });

  checkOverTransports("text between binary does not overtake", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const back = collect(socket, "echo");
    for (let i = 0; i < 100; i++) {
      socket.emit("echo", i, A, B);
      socket.emit("echo", `after ${i}`);
    }
    await eventually(() => back.length, (length) => length === 200);
    assert.deepEqual(back, Array.from({ length: 100 }, (_, i) => [i, `after ${i}`]).flat());
  });

  checkOverTransports("in the auth payload there is none, in /admin events there is", async (transport, keep) => {
    const socket = keep(await connected(transport, { nsp: "/admin", auth: { token: "s3cret" } }));
    assert.deepEqual(await call(socket, "echo", A, { b: B }), [A, { b: B }]);
  });
});

describe("binary on the wire", { concurrency: 4 }, () => {
  for (const [what, sent, back] of [
    ["event", [`451-["echo",${hole(0)}]`, A], [`451-["echo",${hole(0)}]`, A]],
    ["event with ack", [`451-3["echo",${hole(0)}]`, A], [`461-3[${hole(0)}]`, A]],
    [
      "holes are numbered in the order of the data",
      [`452-3["echo",{"a":${hole(1)}},${hole(0)}]`, A, B],
      [`462-3[{"a":${hole(0)}},${hole(1)}]`, B, A],
    ],
    ["empty attachment", [`451-3["echo",${hole(0)}]`, Buffer.alloc(0)], [`461-3[${hole(0)}]`, Buffer.alloc(0)]],
    ["more members in a hole", [`451-3["echo",{"num":0,"_placeholder":true}]`, A], [`461-3[${hole(0)}]`, A]],
  ]) {
    checkOverTransports(what, async (transport, keep) => {
      const peer = keep(await Peer.connected(transport));
      peer.send(...sent);
      const packets = [];
      while (packets.length < back.length) packets.push(await peer.wire.next());
      assert.deepEqual(packets, back);
    });
  }

  checkOverTransports("an ack of text for binary is type 3", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.send(`451-9["size",${hole(0)}]`, A);
    assert.equal((await peer.packet()).raw, "439[4]");
  });

  checkOverTransports("a question with binary is type 5 with its id", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.send(`451-["ask",${hole(0)}]`, A);
    const question = await peer.packet();
    assert.match(question.raw, /^451-\d+\["question",/);
    peer.acknowledge(question, B, "text");
    assert.deepEqual(await peer.data(), ["answer", B, "text"]);
  });

  checkOverTransports("attachments may come one POST or frame at a time", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    for (const packet of [`452-1["types",${hole(0)},${hole(1)}]`, A, B]) {
      peer.send(packet);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.deepEqual(await peer.data(), [["binary:4:510", "binary:3:294"]]);
  });
});
