import assert from "node:assert/strict";
import { describe } from "node:test";
import { randomBytes } from "node:crypto";
import { check } from "../lib/check.mjs";
import { call, connected } from "../lib/client.mjs";
import { CONFORMANCE_URL, MAX_PAYLOAD } from "../lib/env.mjs";
import { reasonOf } from "../lib/peer.mjs";
import { Frames } from "../lib/websocket.mjs";

const URL = `${CONFORMANCE_URL.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`;
const DROPPED = ["transport error", "transport close"];

async function joined(keep) {
  const frames = keep(await Frames.open(URL));
  await frames.next();
  frames.send("40");
  frames.id = JSON.parse((await frames.packet()).slice(2)).sid;
  await frames.packet();
  return frames;
}

/** A frame made by hand; `opcode` includes FIN and the reserved bits. */
function frame(opcode, payload, { masked = true } = {}) {
  const mask = randomBytes(4);
  const head = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
  if (!masked) return Buffer.concat([Buffer.from([opcode, ...head]), payload]);
  head[0] |= 0x80;
  const body = payload.map((byte, i) => byte ^ mask[i % 4]);
  return Buffer.concat([Buffer.from([opcode, ...head]), mask, body]);
}

function write(frames, ...bytes) {
  frames.socket._socket.write(Buffer.concat(bytes));
}

describe("websocket: frames", () => {
  check("a message in several fragments is one message", async (keep) => {
    const frames = await joined(keep);
    const text = Buffer.from('420["echo","å😀"]');
    const parts = [text.subarray(0, 5), text.subarray(5, 13), text.subarray(13)];
    write(frames, frame(0x01, parts[0]), frame(0x00, parts[1]), frame(0x80, parts[2]));
    assert.equal(await frames.packet(), '430["å😀"]');
  });

  check("a ping between fragments is answered with its payload", async (keep) => {
    const frames = await joined(keep);
    const pong = new Promise((resolve) => frames.socket.once("pong", resolve));
    write(frames, frame(0x01, Buffer.from('420["ec')), frame(0x89, Buffer.from("hi")), frame(0x80, Buffer.from('ho",1]')));
    assert.equal(await frames.packet(), "430[1]");
    assert.equal(String(await pong), "hi");
  });

  check("frames may arrive byte by byte", async (keep) => {
    const frames = await joined(keep);
    frames.socket._socket.setNoDelay(true);
    for (const byte of frame(0x81, Buffer.from('420["echo",1]'))) {
      write(frames, Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    assert.equal(await frames.packet(), "430[1]");
  });

  check("many frames may arrive in one segment", async (keep) => {
    const frames = await joined(keep);
    const numbers = Array.from({ length: 50 }, (_, i) => i);
    write(frames, ...numbers.map((i) => frame(0x81, Buffer.from(`42${i}["echo",${i}]`))));
    for (const i of numbers) assert.equal(await frames.packet(), `43${i}[${i}]`);
  });

  check("binary is raw bytes", async (keep) => {
    const frames = await joined(keep);
    frames.send('451-0["types",{"_placeholder":true,"num":0}]', Buffer.from([255, 0, 98]));
    assert.equal(await frames.packet(), '430[["binary:3:353"]]');
  });

  check("the close frame is answered: transport close", async (keep) => {
    const frames = await joined(keep);
    frames.socket.close(1000);
    assert.equal(await frames.closed(1000), 1000);
    assert.equal(await reasonOf(frames.id), "transport close");
  });

  check("a lost connection is noticed", async (keep) => {
    const frames = await joined(keep);
    frames.socket.terminate();
    assert.ok(DROPPED.includes(await reasonOf(frames.id)));
  });

  for (const [what, bytes] of [
    ["an unmasked frame", frame(0x81, Buffer.from("3"), { masked: false })],
    ["a reserved bit", frame(0xc1, Buffer.from("3"))],
    ["an unknown opcode", frame(0x83, Buffer.from("3"))],
    ["a continuation of nothing", frame(0x80, Buffer.from("3"))],
    ["a control frame that is too long", frame(0x89, Buffer.alloc(126))],
    ["a fragmented control frame", frame(0x09, Buffer.from("hi"))],
    ["text that is no UTF-8", frame(0x81, Buffer.from([0x34, 0xc3, 0x28]))],
  ]) {
    check(`${what} ends the connection`, async (keep) => {
      const frames = await joined(keep);
      write(frames, bytes);
      await frames.closed(1500);
      assert.ok(DROPPED.includes(await reasonOf(frames.id)));
    });
  }
});

describe("websocket: limits", () => {
  check("a message of maxPayload is accepted", async (keep) => {
    const frames = await joined(keep);
    frames.send(`42["ignore","${"x".repeat(MAX_PAYLOAD - 15)}"]`, '420["echo",1]');
    assert.equal(await frames.packet(), "430[1]");
  });

  check("a longer one ends the connection", async (keep) => {
    const frames = await joined(keep);
    frames.send(`42["ignore","${"x".repeat(MAX_PAYLOAD)}"]`);
    await frames.closed(2000);
    assert.ok(DROPPED.includes(await reasonOf(frames.id)));
  });

  check("so does one in fragments", async (keep) => {
    const frames = await joined(keep);
    const part = "x".repeat(MAX_PAYLOAD / 4);
    frames.socket.send(`42["ignore","${part}`, { fin: false });
    for (let i = 0; i < 4; i++) frames.socket.send(part, { fin: i === 3 });
    await frames.closed(2000);
    assert.ok(DROPPED.includes(await reasonOf(frames.id)));
  });

  check("so does a frame that only announces too much", async (keep) => {
    const frames = await joined(keep);
    write(frames, Buffer.from([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4]));
    await frames.closed(2000);
  });
});

describe("websocket: bad packets", () => {
  for (const [what, packet, reason] of [
    ["empty text", "", "parse error"],
    ["an unknown type", "abc", "parse error"],
    ["a digit that is no type", "8", "parse error"],
    ["a ping from the client", "2", "transport error"],
    ["a probe outside an upgrade", "2probe", "transport error"],
  ]) {
    check(`${what} ends the connection: ${reason}`, async (keep) => {
      const frames = await joined(keep);
      frames.send(packet);
      await frames.closed(1500);
      assert.equal(await reasonOf(frames.id), reason);
    });
  }

  check("pongs and noops that nobody asked for are harmless", async (keep) => {
    const frames = await joined(keep);
    frames.send("3", "6", "3", '420["echo",1]');
    assert.equal(await frames.packet(), "430[1]");
  });
});

describe("websocket: subprotocols", () => {
  for (const transport of ["websocket", "upgrade"]) {
    check(`the first one that the official client offers is taken, ${transport}`, async (keep) => {
      const socket = keep(await connected(transport, { protocols: ["chat", "v2.chat"] }));
      assert.deepEqual(await call(socket, "echo", 1), [1]);
      assert.equal(socket.io.engine.transport.ws.protocol, "chat");
    });
  }
});
