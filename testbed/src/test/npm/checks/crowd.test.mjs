import assert from "node:assert/strict";
import { describe } from "node:test";
import { check, eventually, sleep } from "../lib/check.mjs";
import { call, client, collect, connected, next } from "../lib/client.mjs";
import { CuttableWay } from "../lib/cut.mjs";
import { RECOVERY_URL, TRANSPORTS } from "../lib/env.mjs";

const CROWD = 120;
const EVENTS = 150;
const TICK_MS = 40;
const SEED = Number(process.env.SEED ?? 1);

/** Numbers below 1 that are the same in each run: a linear congruential generator with the constants of C's ANSI standard. */
function numbers(seed) {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

/** A client that loses its connection again and again, by its own end, the server's or on the way. */
class Restless {
  static async join(keep, transport, room) {
    const way = keep(await CuttableWay.to(RECOVERY_URL));
    const socket = client(transport, { base: way.base, reconnection: true, reconnectionDelay: 50, reconnectionDelayMax: 200 });
    keep(socket);
    const restless = new Restless(way, socket, transport);
    await next(socket, "connect", 10_000);
    await call(socket, "join", room);
    socket.on("connect", () => (socket.recovered ? restless.recovered++ : restless.lost++));
    return restless;
  }

  constructor(way, socket, transport) {
    Object.assign(this, { way, socket, transport, heard: collect(socket, "news"), drops: 0, recovered: 0, lost: 0 });
  }

  /** Not where the client itself hears twice what it took while it was not connected, whatever the server. */
  drop(choice) {
    if (!this.socket.connected) return;
    this.drops++;
    const { engine } = this.socket.io;
    const leave = () => (engine.upgrading ? this.way.cut() : engine.close()); // Else it takes events after its end.
    [() => this.way.cut(), () => this.socket.emit("kill"), leave][choice]();
  }
}

describe("a restless crowd of official clients", () => {
  check(
    `nothing is lost, doubled or out of order [seed ${SEED}]`,
    async (keep) => {
      const number = numbers(SEED);
      const room = `crowd-${process.pid}`;
      const crowd = await Promise.all(
        Array.from({ length: CROWD }, (_, i) => Restless.join(keep, TRANSPORTS[i % TRANSPORTS.length], room)),
      );
      const sender = keep(await connected("websocket", { base: RECOVERY_URL }));
      for (let i = 0; i < EVENTS; i++) {
        sender.emit("to", [room], [], "news", i);
        for (const each of crowd) if (number() < 0.06) each.drop(Math.floor(number() * 3));
        await sleep(TICK_MS);
      }
      const complete = (each) => each.socket.connected && each.heard.length >= EVENTS;
      await eventually(() => crowd.filter((each) => !complete(each)).length, (missing) => missing === 0, 15_000).catch(() => {});
      const all = Array.from({ length: EVENTS }, (_, i) => i);
      for (const each of crowd) assert.deepEqual(each.heard, all, `${each.transport}, ${each.drops} drops, ${each.lost} lost`);
      assert.equal(crowd.reduce((sum, each) => sum + each.lost, 0), 0, "sessions that did not come back");
      for (const transport of TRANSPORTS) {
        const recovered = crowd.filter((each) => each.transport === transport).reduce((sum, each) => sum + each.recovered, 0);
        assert.ok(recovered >= CROWD, `${recovered} recoveries over ${transport}`);
      }
    },
    { timeoutMs: 60_000 },
  );
});
