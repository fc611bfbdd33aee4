import assert from "node:assert/strict";
import { describe } from "node:test";
import { Socket as EngineSocket } from "engine.io-client";
import { check, checkTwice, eventually, sleep } from "../lib/check.mjs";
import { call, client, collect, next } from "../lib/client.mjs";
import { ENGINE_URL } from "../lib/env.mjs";

const MESSAGES = 1000;
const PER_TICK = 10;
const NUMBERS = Array.from({ length: MESSAGES }, (_, i) => i);
const ROUNDS = Number(process.env.ROUNDS ?? 20);

/** When the traffic starts, told by the client's own events. */
const MOMENTS = {
  "before the connection": () => Promise.resolve(),
  "at the connection": (socket) => next(socket, "connect"),
  "at the probe": (socket) => next(socket.io.engine, "upgrading"),
  "at the switch": (socket) => next(socket.io.engine, "upgrade"),
  "shortly after the switch": (socket) => next(socket.io.engine, "upgrade").then(() => sleep(3)),
};

async function sendNumbers(send) {
  for (const i of NUMBERS) {
    send(i);
    if (i % PER_TICK === PER_TICK - 1) await sleep(1);
  }
}

async function bothWays(keep, moment) {
  const socket = keep(client("upgrade"));
  const upgraded = next(socket.io.engine, "upgrade", 10_000);
  const received = collect(socket, "seq");
  await MOMENTS[moment](socket);
  socket.emit("stream", MESSAGES, PER_TICK, 1);
  await sendNumbers((i) => socket.emit("up", i));
  await upgraded;
  const [reported] = await call(socket, "up-report");
  await eventually(() => received.length, (length) => length >= MESSAGES, 10_000);
  await sleep(20);
  return { received, reported };
}

describe("1,000 messages each way during the upgrade", { concurrency: 2 }, () => {
  for (const moment of Object.keys(MOMENTS)) {
    for (let round = 1; round <= ROUNDS; round++) {
      check(`from ${moment}, round ${round}`, async (keep) => {
        const { received, reported } = await bothWays(keep, moment);
        assert.deepEqual(reported, NUMBERS);
        assert.deepEqual(received, NUMBERS);
      }, { timeoutMs: 20_000 });
    }
  }
});

describe("binary during the upgrade", { concurrency: 2 }, () => {
  for (const moment of Object.keys(MOMENTS)) {
    check(`from ${moment}`, async (keep) => {
      const socket = keep(client("upgrade"));
      const upgraded = next(socket.io.engine, "upgrade", 10_000);
      const seen = [];
      const back = [];
      socket.on("seq-bin", (i, bytes, seven) => seen.push([i, bytes.readUInt16LE(), seven[0]]));
      socket.on("seq-txt", (i) => seen.push(i));
      socket.on("echo", (i, bytes) => back.push([i, bytes.readUInt16LE()]));
      await MOMENTS[moment](socket);
      socket.emit("stream-bin", 300);
      for (const i of NUMBERS.slice(0, 300)) {
        socket.emit("echo", i, Buffer.from([i & 255, i >> 8]));
        if (i % 5 === 0) await sleep(1);
      }
      await upgraded;
      await eventually(() => seen.length + back.length, (count) => count >= 900, 10_000);
      assert.deepEqual(seen, NUMBERS.slice(0, 300).flatMap((i) => [[i, i, 7], i]));
      assert.deepEqual(back, NUMBERS.slice(0, 300).map((i) => [i, i]));
    }, { timeoutMs: 20_000 });
  }
});

describe("acks during the upgrade", { concurrency: 2 }, () => {
  for (const moment of Object.keys(MOMENTS)) {
    check(`from ${moment}, each answered once`, async (keep) => {
      const socket = keep(client("upgrade"));
      const upgraded = next(socket.io.engine, "upgrade", 10_000);
      const answers = [];
      await MOMENTS[moment](socket);
      await sendNumbers((i) => socket.emit("echo", i, (value) => answers.push(value)));
      await upgraded;
      await eventually(() => answers.length, (length) => length >= MESSAGES, 10_000);
      assert.deepEqual(answers, NUMBERS);
    }, { timeoutMs: 20_000 });
  }
});

describe("engine.io-client: 1,000 messages there and back during the upgrade", () => {
  for (let round = 1; round <= 5; round++) {
    checkTwice(`round ${round}`, async (keep) => {
      const socket = keep(new EngineSocket(ENGINE_URL, { transports: ["polling", "websocket"] }));
      const upgraded = next(socket, "upgrade", 6_000);
      const back = [];
      socket.on("message", (text) => back.push(Number(text)));
      await next(socket, "open");
      await sendNumbers((i) => socket.send(String(i)));
      await upgraded;
      await eventually(() => back.length, (length) => length >= MESSAGES, 6_000);
      assert.deepEqual(back, NUMBERS);
    });
  }
});
