import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkTwice as check, sleep } from "../lib/check.mjs";
import { ENGINE_URL } from "../lib/env.mjs";
import { request } from "../lib/http.mjs";
import { PollingSession } from "../lib/polling.mjs";
import { Frames } from "../lib/websocket.mjs";

const HANDSHAKE = { pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000 };
const HTTP = `${ENGINE_URL}/engine.io/`;
const WS = HTTP.replace(/^http/, "ws");

function session() {
  return PollingSession.open(ENGINE_URL, { path: "/engine.io/" });
}

async function opened(keep) {
  const frames = keep(await Frames.open(`${WS}?EIO=4&transport=websocket`));
  frames.handshake = JSON.parse((await frames.next()).slice(1));
  return frames;
}

function assertHandshake({ sid, ...rest }, upgrades) {
  assert.equal(typeof sid, "string");
  assert.ok(sid.length >= 20, sid);
  assert.deepEqual(rest, { ...HANDSHAKE, upgrades });
}

async function probed(keep) {
  const polling = keep(await session());
  const frames = keep(await Frames.open(polling.webSocketUrl));
  frames.send("2probe");
  assert.equal(await frames.next(), "3probe");
  return { polling, frames };
}

describe("engine: handshake", () => {
  check("polling opens a session", async (keep) => {
    const polling = keep(await session());
    assert.equal(polling.opened.text[0], "0");
    assertHandshake(polling.handshake, ["websocket"]);
  });

  check("websocket opens a session", async (keep) => {
    const frames = await opened(keep);
    assertHandshake(frames.handshake, []);
  });

  for (const query of ["transport=polling", "EIO=3&transport=polling", "EIO=abc&transport=polling"]) {
    check(`polling speaks revision 3 for ?${query}`, async () => {
      const { status, text } = await request(`${HTTP}?${query}`);
      assert.equal(status, 200);
      assert.match(text, /^[0-9]+:0\{"sid":/);
    });
  }

  for (const query of ["EIO=4", "EIO=4&transport=abc", "EIO=3", "EIO=3&transport=abc"]) {
    check(`polling refuses ?${query}`, async () => {
      assert.equal((await request(`${HTTP}?${query}`)).status, 400);
    });
  }

  for (const method of ["POST", "PUT"]) {
    check(`polling refuses a handshake by ${method}`, async () => {
      assert.equal((await request(`${HTTP}?EIO=4&transport=polling`, { method })).status, 400);
    });
  }

  for (const query of ["EIO=4", "EIO=4&transport=abc", "EIO=3", "EIO=3&transport=abc"]) {
    check(`websocket refuses ?${query}`, async () => {
      const { text } = await Frames.refused(`${WS}?${query}`);
      assert.ok(!text.includes("sid"), text);
    });
  }
});

describe("engine: messages over polling", () => {
  for (const [what, payload] of [
    ["one text", "4hello"],
    ["several texts", "4test1\x1e4test2\x1e4test3"],
    ["text and binary", "4hello\x1ebAQIDBA=="],
    ["binary before text", "bAAH/\x1e4last"],
    ["empty text", "4"],
    ["text beyond ASCII", "4é€😀\u2028"],
  ]) {
    check(`sends back ${what}`, async (keep) => {
      const polling = keep(await session());
      const pushed = await polling.post(payload);
      assert.deepEqual([pushed.status, pushed.text], [200, "ok"]);
      assert.equal((await polling.get()).text, payload);
    });
  }

  check("answers the pending poll at once", async (keep) => {
    const polling = keep(await session());
    const pending = polling.get();
    await sleep(20);
    await polling.post("4now");
    assert.equal((await pending).text, "4now");
  });

  check("an invalid packet closes the session", async (keep) => {
    const polling = keep(await session());
    await polling.post("abc").catch(() => {});
    assert.equal((await polling.get()).status, 400);
  });

  for (const gapMs of [2, 5, 20]) {
    check(`a second poll after ${gapMs} ms closes the session`, async (keep) => {
      const polling = keep(await session());
      const first = polling.get();
      await sleep(gapMs);
      const second = await polling.get();
      assert.deepEqual([(await first).status, (await first).text], [200, "1"]);
      assert.ok([400, 500].includes(second.status), String(second.status));
      assert.equal((await polling.get()).status, 400);
    });
  }

  for (const gapMs of [5, 20, 50]) {
    check(`a poll cancelled after ${gapMs} ms closes the session`, async (keep) => {
      const polling = keep(await session());
      const abort = new AbortController();
      const cancelled = polling.get({ signal: abort.signal, agent: false }).catch(() => {});
      await sleep(gapMs);
      abort.abort();
      await cancelled;
      const next = await polling.get();
      assert.ok(next.status === 400 || next.text === "1", next.text);
      assert.equal((await polling.get()).status, 400);
    });
  }
});

describe("engine: messages over websocket", () => {
  check("sends back text", async (keep) => {
    const frames = await opened(keep);
    frames.send("4hello");
    assert.equal(await frames.next(), "4hello");
  });

  check("sends back binary", async (keep) => {
    const frames = await opened(keep);
    frames.send(Buffer.from([1, 2, 3, 4]));
    assert.deepEqual(await frames.next(), Buffer.from([1, 2, 3, 4]));
  });

  check("keeps the order of text and binary", async (keep) => {
    const frames = await opened(keep);
    frames.send("4a", Buffer.from([1]), "4b", Buffer.alloc(0), "4é€😀");
    const back = [];
    while (back.length < 5) back.push(await frames.packet());
    assert.deepEqual(back, ["4a", Buffer.from([1]), "4b", Buffer.alloc(0), "4é€😀"]);
  });

  for (const packet of ["abc", "", "7"]) {
    check(`an invalid packet ${JSON.stringify(packet)} closes the session before any ping`, async (keep) => {
      const frames = await opened(keep);
      frames.send(packet);
      await frames.closed(1000);
      assert.deepEqual(frames.queue, []);
    });
  }
});

describe("engine: heartbeat", () => {
  check("polling: three pings with their pongs", async (keep) => {
    const polling = keep(await session());
    for (let i = 0; i < 3; i++) {
      const answer = await polling.get();
      assert.deepEqual([answer.status, answer.text], [200, "2"]);
      assert.equal((await polling.post("3")).status, 200);
    }
  });

  check("websocket: three pings with their pongs", async (keep) => {
    const frames = await opened(keep);
    for (let i = 0; i < 3; i++) {
      assert.equal(await frames.next(), "2");
      frames.send("3");
    }
  });

  check("polling: gone right after interval and timeout, in the best of three", async (keep) => {
    const statuses = [];
    for (const lateMs of [0, 10, 50]) {
      const polling = keep(await session());
      await sleep(HANDSHAKE.pingInterval + HANDSHAKE.pingTimeout + lateMs);
      statuses.push((await polling.get()).status);
      if (statuses.at(-1) === 400) break;
    }
    assert.equal(statuses.at(-1), 400);
  });

  check("websocket: closed without a pong", async (keep) => {
    const frames = await opened(keep);
    await frames.closed(1500);
    assert.deepEqual(frames.queue, ["2"]);
  });

  check("a ping from the client closes the session", async (keep) => {
    const frames = await opened(keep);
    frames.send("2");
    await frames.closed(1000);
    assert.deepEqual(frames.queue, []);
  });
});

describe("engine: close", () => {
  check("polling: the pending poll ends with a noop", async (keep) => {
    const polling = keep(await session());
    const [pulled] = await Promise.all([polling.get(), polling.post("1")]);
    assert.equal(pulled.status, 200);
    assert.equal(pulled.text, "6");
    assert.equal((await polling.get()).status, 400);
  });

  check("websocket: the connection ends", async (keep) => {
    const frames = await opened(keep);
    frames.send("1");
    await frames.closed(1500);
  });
});

describe("engine: upgrade", () => {
  check("moves the session to the websocket", async (keep) => {
    const { polling, frames } = await probed(keep);
    const pulled = await polling.get();
    assert.deepEqual([pulled.status, pulled.text], [200, "6"]);
    frames.send("5", "4hello");
    assert.equal(await frames.packet(), "4hello");
  });

  check("a poll with the same sid is refused afterwards", async (keep) => {
    const { polling, frames } = await probed(keep);
    frames.send("5");
    assert.equal((await polling.get()).status, 400);
    frames.send("4hello");
    assert.equal(await frames.packet(), "4hello");
  });

  check("a websocket with the same sid is closed afterwards", async (keep) => {
    const { polling, frames } = await probed(keep);
    frames.send("5");
    const second = await Frames.open(polling.webSocketUrl).catch(() => undefined);
    if (second) await keep(second).closed(1000);
    frames.send("4hello");
    assert.equal(await frames.packet(), "4hello");
  });

  check("binary goes back as binary after the switch", async (keep) => {
    const { polling, frames } = await probed(keep);
    assert.deepEqual(await polling.poll(), ["6"]);
    frames.send("5", Buffer.from([9]));
    assert.deepEqual(await frames.packet(), Buffer.from([9]));
  });

  check("pings go on after the switch", async (keep) => {
    const { polling, frames } = await probed(keep);
    assert.deepEqual(await polling.poll(), ["6"]);
    frames.send("5");
    for (let i = 0; i < 2; i++) {
      assert.equal(await frames.next(), "2");
      frames.send("3");
    }
  });
});
