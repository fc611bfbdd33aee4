import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkOverTransports, eventually, sleep } from "../lib/check.mjs";
import { call, client, collect, connected, next } from "../lib/client.mjs";
import { MAX_PAYLOAD } from "../lib/env.mjs";

const upTo = (n) => Array.from({ length: n }, (_, i) => i);

async function arrived(list, count, ms = 5000) {
  await eventually(() => list.length, (length) => length >= count, ms);
  await sleep(30);
}

describe("streams", { concurrency: 4 }, () => {
  for (const [n, perTick, gapMs] of [
    [1, 1, 0],
    [1000, 1000, 0],
    [1000, 10, 1],
    [60, 1, 5],
    [300, 7, 3],
  ]) {
    checkOverTransports(`stream of ${n}, ${perTick} at a time, ${gapMs} ms between`, async (transport, keep) => {
      const socket = keep(await connected(transport));
      const numbers = collect(socket, "seq");
      socket.emit("stream", n, perTick, gapMs);
      await arrived(numbers, n);
      assert.deepEqual(numbers, upTo(n));
    });
  }

  checkOverTransports("a stream asked for before the connection", async (transport, keep) => {
    const socket = keep(client(transport));
    const numbers = collect(socket, "seq");
    socket.emit("stream", 300, 5, 2);
    await arrived(numbers, 300);
    assert.deepEqual(numbers, upTo(300));
  });

  checkOverTransports("streams both ways", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const numbers = collect(socket, "seq");
    socket.emit("stream", 500, 10, 1);
    for (const i of upTo(500)) {
      socket.emit("up", i);
      if (i % 20 === 0) await sleep(1);
    }
    assert.deepEqual(await call(socket, "up-report"), [upTo(500)]);
    await arrived(numbers, 500);
    assert.deepEqual(numbers, upTo(500));
  });

  checkOverTransports("stream-bin: binary and text keep their order", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const seen = [];
    socket.on("seq-bin", (i, bytes, seven) => seen.push([i, bytes.readUInt16LE(), seven[0]]));
    socket.on("seq-txt", (i) => seen.push(i));
    socket.emit("stream-bin", 300);
    await arrived(seen, 600);
    assert.deepEqual(seen, upTo(300).flatMap((i) => [[i, i, 7], i]));
  });

  checkOverTransports("ten clients, each its own stream", async (transport, keep) => {
    const sockets = await Promise.all(upTo(10).map(() => connected(transport)));
    const streams = sockets.map((socket) => collect(keep(socket), "seq"));
    sockets.forEach((socket) => socket.emit("stream", 100, 5, 2));
    for (const numbers of streams) {
      await arrived(numbers, 100);
      assert.deepEqual(numbers, upTo(100));
    }
  });
});

describe("volatile", { concurrency: 4 }, () => {
  for (const n of [1, 100]) {
    checkOverTransports(`${n} volatile: some, in order, then the end`, async (transport, keep) => {
      const socket = keep(await connected(transport));
      const numbers = collect(socket, "vol");
      const end = next(socket, "vol-end");
      socket.emit("volatile", n);
      assert.deepEqual(await end, [n]);
      assert.ok(numbers.length <= n);
      assert.deepEqual(numbers, [...new Set(numbers)].sort((a, b) => a - b));
      await sleep(50);
      assert.deepEqual(await call(socket, "echo", 1), [1]);
    });
  }

  checkOverTransports("an idle client gets the first volatile event", async (transport, keep) => {
    const socket = keep(await connected(transport));
    await sleep(100);
    const numbers = collect(socket, "vol");
    const end = next(socket, "vol-end");
    socket.emit("volatile", 3);
    await end;
    assert.equal(numbers[0], 0);
  });
});

describe("big payloads", { concurrency: 2 }, () => {
  for (const n of [100, 1000, 10_000, 100_000, 1_000_000, 3_000_000]) {
    checkOverTransports(`big: ${n} letters from the server`, async (transport, keep) => {
      const socket = keep(await connected(transport));
      const [text] = await call(socket, "big", n);
      assert.equal(text.length, n);
      assert.match(text, /^x+$/);
    });
  }

  for (const n of [100_000, 900_000]) {
    checkOverTransports(`size: ${n} letters to the server`, async (transport, keep) => {
      const socket = keep(await connected(transport));
      assert.deepEqual(await call(socket, "size", "y".repeat(n)), [n]);
    });
  }

  checkOverTransports("size: 700,000 bytes to the server", async (transport, keep) => {
    const socket = keep(await connected(transport));
    assert.deepEqual(await call(socket, "size", Buffer.alloc(700_000, 1)), [700_000]);
  });

  checkOverTransports("letters of three bytes up to maxPayload", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const n = Math.floor((MAX_PAYLOAD - 100) / 3);
    assert.deepEqual(await call(socket, "size", "漢".repeat(n)), [n]);
  });

  checkOverTransports("many events of 200,000 letters, split by the client", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const sizes = upTo(12).map((i) => call(socket, "size", "z".repeat(200_000 + i)));
    assert.deepEqual((await Promise.all(sizes)).flat(), upTo(12).map((i) => 200_000 + i));
  });

  checkOverTransports("beyond maxPayload the connection ends", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const [ended] = [next(socket, "disconnect")];
    socket.emit("size", "y".repeat(MAX_PAYLOAD + 1), () => {});
    const [reason] = await ended;
    assert.ok(["transport error", "transport close"].includes(reason), reason);
  });
});
