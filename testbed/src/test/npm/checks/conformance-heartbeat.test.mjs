import assert from "node:assert/strict";
import { describe } from "node:test";
import { check, checkOverTransports, eventually, sleep } from "../lib/check.mjs";
import { CONFORMANCE_URL, PING_INTERVAL_MS, PING_TIMEOUT_MS } from "../lib/env.mjs";
import { Peer, reasonOf } from "../lib/peer.mjs";
import { PollingSession } from "../lib/polling.mjs";
import { Frames } from "../lib/websocket.mjs";
import { Wire } from "../lib/wire.mjs";

const DEAD_AFTER_MS = PING_INTERVAL_MS + PING_TIMEOUT_MS;

/** A loaded machine may be late; early is wrong. */
function assertAbout(actual, expected) {
  assert.ok(actual > 0.7 * expected && actual < expected + 1500, `${actual} ms, not about ${expected} ms`);
}

describe("heartbeat", { concurrency: 12 }, () => {
  checkOverTransports("a ping every interval", async (transport, keep) => {
    const start = Date.now();
    const peer = keep(await Peer.connected(transport));
    const { pings } = peer.wire;
    await eventually(() => pings.length, (count) => count >= 3, 5000);
    assertAbout(pings[2] - start, 3 * PING_INTERVAL_MS);
    await peer.alive();
  });

  checkOverTransports("answered pings keep a silent connection", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    await sleep(DEAD_AFTER_MS + 1500);
    await peer.alive();
  });

  checkOverTransports("no pong: ping timeout", async (transport, keep) => {
    const start = Date.now();
    const peer = keep(await Peer.connected(transport, { pong: false }));
    await peer.closed(6000);
    assertAbout(Date.now() - start, DEAD_AFTER_MS);
    assert.equal(await reasonOf(peer.id), "ping timeout");
  });

  checkOverTransports("events are no pongs for ever", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport, { pong: false }));
    const chatter = setInterval(() => peer.wire.ended || peer.emit("ignore", "alive"), 300);
    try {
      await peer.closed(7000);
    } finally {
      clearInterval(chatter);
    }
    assert.equal(await reasonOf(peer.id), "ping timeout");
  }, { timeoutMs: 12_000 });

  checkOverTransports("pings go on without a single poll missed", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    for (let i = 0; i < 12; i++) {
      assert.deepEqual(await peer.call("echo", i), [i]);
      await sleep(200);
    }
    assert.ok(peer.wire.pings.length >= 2);
  });

  check("polling: a client that never polls dies", async (keep) => {
    const session = keep(await PollingSession.open(CONFORMANCE_URL));
    await session.post("40");
    const [answer] = await session.packets(2);
    const { sid } = JSON.parse(answer.slice(2));
    assert.equal(await reasonOf(sid, 6000), "ping timeout");
    assert.ok(await session.gone());
  }, { timeoutMs: 10_000 });

  check("polling: the ping waits for the next poll", async (keep) => {
    const session = keep(await PollingSession.open(CONFORMANCE_URL));
    await session.post("40");
    await session.packets(2);
    await sleep(PING_INTERVAL_MS + 300);
    assert.equal((await session.get()).text, "2");
  });
});

describe("time to join a namespace", { concurrency: 12 }, () => {
  checkOverTransports("nothing joined: closed after 1500 ms", async (transport, keep) => {
    const start = Date.now();
    const wire = keep(await Wire.open(transport));
    await wire.closed(4000);
    assertAbout(Date.now() - start, 1500);
  });

  checkOverTransports("only a refused namespace: closed as well", async (transport, keep) => {
    const wire = keep(await Wire.open(transport));
    wire.send("40/nowhere,");
    assert.equal(await wire.next(), '44/nowhere,{"message":"Invalid namespace"}');
    await wire.closed(4000);
  });

  checkOverTransports("a namespace joined late is enough", async (transport, keep) => {
    const peer = keep(await Peer.open(transport));
    await sleep(900);
    await peer.join();
    await sleep(1300);
    await peer.alive();
  });

  checkOverTransports("left again, the connection stays", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.send("41");
    await sleep(2000);
    await peer.join();
    await peer.alive();
  });

  check("polling: the pending GET is answered by close", async (keep) => {
    const session = keep(await PollingSession.open(CONFORMANCE_URL));
    const deadline = Date.now() + 4000;
    let answer = await session.get();
    while (answer.text === "2" && Date.now() < deadline) {
      await session.post("3");
      answer = await session.get();
    }
    assert.equal(answer.status, 200);
    assert.match(answer.text, /^(6\x1e)?1$/);
    assert.ok(await session.gone());
  });
});

describe("unfinished upgrades", { concurrency: 12 }, () => {
  for (const [what, packets] of [["nothing sent", []], ["only the probe", ["2probe"]]]) {
    check(`${what}: the websocket is closed after upgradeTimeout, the session lives`, async (keep) => {
      const peer = keep(await Peer.connected("polling"));
      const start = Date.now();
      const frames = keep(await Frames.open(peer.wire.session.webSocketUrl));
      frames.send(...packets);
      await frames.closed(3000);
      assertAbout(Date.now() - start, 1000);
      await peer.alive();
      const [{ transport }] = await peer.call("whoami");
      assert.equal(transport, "polling");
    });
  }
});
