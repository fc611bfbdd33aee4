import assert from "node:assert/strict";
import { describe } from "node:test";
import { check, sleep } from "../lib/check.mjs";
import { CONFORMANCE_URL } from "../lib/env.mjs";
import { reasonOf } from "../lib/peer.mjs";
import { PollingSession } from "../lib/polling.mjs";
import { Frames } from "../lib/websocket.mjs";

async function joined(keep) {
  const session = keep(await PollingSession.open(CONFORMANCE_URL));
  assert.equal((await session.post("40")).text, "ok");
  const [answer] = await session.packets(2);
  session.id = JSON.parse(answer.slice(2)).sid;
  return session;
}

async function probed(keep) {
  const session = await joined(keep);
  const frames = keep(await Frames.open(session.webSocketUrl));
  frames.send("2probe");
  assert.equal(await frames.next(), "3probe");
  return { session, frames };
}

async function upgraded(keep) {
  const { session, frames } = await probed(keep);
  assert.deepEqual(await session.poll(), ["6"]);
  frames.send("5");
  return { session, frames };
}

async function assertAlive(session) {
  assert.equal((await session.post('4299["echo","alive"]')).text, "ok");
  assert.deepEqual(await session.packets(1), ['4399["alive"]']);
}

async function assertAliveOn(frames) {
  frames.send('4299["echo","alive"]');
  assert.equal(await frames.packet(), '4399["alive"]');
}

describe("upgrade: probe", () => {
  check("the pending poll is answered by a noop soon", async (keep) => {
    const session = await joined(keep);
    const pending = session.get();
    const frames = keep(await Frames.open(session.webSocketUrl));
    frames.send("2probe");
    assert.equal(await frames.next(), "3probe");
    const start = Date.now();
    assert.equal((await pending).text, "6");
    assert.ok(Date.now() - start < 500);
  });

  check("so is every further poll until the switch", async (keep) => {
    const { session } = await probed(keep);
    for (let i = 0; i < 4; i++) assert.deepEqual(await session.poll(), ["6"]);
  });

  check("a POST after the probe still counts", async (keep) => {
    const { session } = await probed(keep);
    assert.equal((await session.post('427["echo",1]')).text, "ok");
    assert.deepEqual(await session.packets(1), ["437[1]"]);
  });

  check("what is sent between probe and switch comes once, by poll or after it", async (keep) => {
    const { session, frames } = await probed(keep);
    await session.post('421["echo","a"]\x1e422["echo","b"]');
    const polled = (await session.poll()).filter((packet) => packet !== "6");
    await session.post('423["echo","c"]');
    frames.send("5", '424["echo","d"]');
    while (polled.length < 4) polled.push(await frames.packet());
    assert.deepEqual(polled, ['431["a"]', '432["b"]', '433["c"]', '434["d"]']);
  });

  check("what waits for a poll comes first after the switch", async (keep) => {
    const { session, frames } = await probed(keep);
    assert.deepEqual(await session.poll(), ["6"]);
    await session.post('42["stream",20,20,0]');
    frames.send("5");
    for (let i = 0; i < 20; i++) assert.equal(await frames.packet(), `42["seq",${i}]`);
  });

  for (const [what, packet] of [
    ["a ping without probe", "2"],
    ["another ping", "2other"],
    ["a pong", "3probe"],
    ["a message", '42["ignore"]'],
    ["a noop", "6"],
    ["an unknown type", "abc"],
    ["an empty packet", ""],
  ]) {
    check(`${what} closes only the websocket`, async (keep) => {
      const session = await joined(keep);
      const frames = keep(await Frames.open(session.webSocketUrl));
      frames.send(packet);
      await frames.closed(800);
      await assertAlive(session);
    });
  }

  check("a bad packet after the probe closes only the websocket", async (keep) => {
    const { session, frames } = await probed(keep);
    frames.send("4hello");
    await frames.closed(800);
    await assertAlive(session);
  });

  check("a lost websocket spares the session, and polls wait again", async (keep) => {
    const { session, frames } = await probed(keep);
    frames.close();
    await sleep(150);
    const pending = session.get();
    assert.equal(await Promise.race([pending, sleep(300, "waiting")]), "waiting");
    await session.post('420["echo",1]');
    assert.equal((await pending).text, "430[1]");
  });

  check("after a failed probe the next one works", async (keep) => {
    const { session, frames: first } = await probed(keep);
    first.send("4bad");
    await first.closed(800);
    const frames = keep(await Frames.open(session.webSocketUrl));
    frames.send("2probe");
    assert.equal(await frames.next(), "3probe");
    assert.deepEqual(await session.poll(), ["6"]);
    frames.send("5");
    await assertAliveOn(frames);
  });

  check("a second websocket is closed, the first goes on", async (keep) => {
    const { session, frames } = await probed(keep);
    const second = await Frames.open(session.webSocketUrl).catch(() => undefined);
    if (second) await keep(second).closed(800);
    assert.deepEqual(await session.poll(), ["6"]);
    frames.send("5");
    await assertAliveOn(frames);
  });

  check("the end of the session ends the probe", async (keep) => {
    const { session, frames } = await probed(keep);
    assert.equal((await session.post("1")).text, "ok");
    await frames.closed(800);
    assert.equal(await reasonOf(session.id), "transport close");
  });

  check("kill ends the probe as well: forced close", async (keep) => {
    const { session, frames } = await probed(keep);
    await session.post('42["kill"]').catch(() => {});
    const answer = await session.get();
    assert.ok(answer.status === 400 || /(^|\x1e)1$/.test(answer.text), answer.text);
    await frames.closed(1500);
    assert.equal(await reasonOf(session.id), "forced close");
  });

  check("kick with close is delivered after the switch", async (keep) => {
    const { session, frames } = await probed(keep);
    assert.deepEqual(await session.poll(), ["6"]);
    await session.post('42["kick",true]').catch(() => {});
    frames.send("5");
    assert.equal(await frames.packet(), "41");
    await frames.closed(1500);
    assert.equal(await reasonOf(session.id), "server namespace disconnect");
  });

  check("a websocket for a websocket session is closed", async (keep) => {
    const url = `${CONFORMANCE_URL.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`;
    const frames = keep(await Frames.open(url));
    const { sid } = JSON.parse((await frames.next()).slice(1));
    frames.send("40");
    await frames.packet();
    await frames.packet();
    const second = await Frames.open(`${url}&sid=${sid}`).catch(() => undefined);
    if (second) {
      keep(second).send("2probe");
      second.send("4hello");
      await second.closed(2000);
    }
    await assertAliveOn(frames);
  });
});

describe("upgrade: after the switch", () => {
  for (const method of ["GET", "POST"]) {
    check(`${method} with the sid → 400 code 3, and the session lives`, async (keep) => {
      const { session, frames } = await upgraded(keep);
      await assertAliveOn(frames);
      const answer = method === "GET" ? await session.get() : await session.post('42["ignore"]');
      assert.deepEqual([answer.status, answer.json()], [400, { code: 3, message: "Bad request" }]);
      await assertAliveOn(frames);
    });
  }

  check("a poll right behind the switch is refused", async (keep) => {
    const { session, frames } = await upgraded(keep);
    assert.equal((await session.get({ agent: false })).status, 400);
    await assertAliveOn(frames);
  });

  check("a websocket with the sid is closed, and the session lives", async (keep) => {
    const { session, frames } = await upgraded(keep);
    await assertAliveOn(frames);
    const second = await Frames.open(session.webSocketUrl).catch(() => undefined);
    if (second) await keep(second).closed(800);
    await assertAliveOn(frames);
  });

  check("the app sees websocket", async (keep) => {
    const { frames } = await upgraded(keep);
    frames.send('420["whoami"]');
    assert.equal(JSON.parse((await frames.packet()).slice(3))[0].transport, "websocket");
  });

  check("binary is no longer base64", async (keep) => {
    const { frames } = await upgraded(keep);
    const bytes = Buffer.from([0, 1, 254, 255]);
    frames.send('451-0["echo",{"_placeholder":true,"num":0}]', bytes);
    assert.equal(await frames.packet(), '461-0[{"_placeholder":true,"num":0}]');
    assert.deepEqual(await frames.packet(), bytes);
  });

  check("pings come over the websocket", async (keep) => {
    const { frames } = await upgraded(keep);
    assert.equal(await frames.next(), "2");
    frames.send("3");
    assert.equal(await frames.next(), "2");
  });

  check("its close is the close of the session", async (keep) => {
    const { session, frames } = await upgraded(keep);
    await assertAliveOn(frames);
    frames.socket.close();
    assert.equal(await reasonOf(session.id), "transport close");
    assert.ok(await session.gone());
  });

  check("an attachment may follow its event on the other transport", async (keep) => {
    const { session, frames } = await probed(keep);
    assert.deepEqual(await session.poll(), ["6"]);
    await session.post('451-0["types",{"_placeholder":true,"num":0}]');
    frames.send("5", Buffer.from([1, 2]));
    assert.equal(await frames.packet(), '430[["binary:2:3"]]');
  });
});

describe("upgrade: under traffic", () => {
  for (let round = 1; round <= 5; round++) {
    check(`300 numbers each way, once and in order, round ${round}`, async (keep) => {
      const session = await joined(keep);
      await session.post('42["stream",300,10,2]');
      const received = [];
      const take = (packets) => received.push(...packets.filter((packet) => packet.startsWith("42")));
      let number = 0;
      const ups = (count) => Array.from({ length: count }, () => `42["up",${number++}]`);

      const frames = keep(await Frames.open(session.webSocketUrl));
      frames.send("2probe");
      await session.post(ups(100).join("\x1e"));
      let probing = true;
      frames.next().then(() => (probing = false));
      do take(await session.poll());
      while (probing);
      await session.post(ups(100).join("\x1e"));
      frames.send("5", ...ups(100));

      while (received.length < 300) take([await frames.packet()]);
      assert.deepEqual(received, Array.from({ length: 300 }, (_, i) => `42["seq",${i}]`));
      frames.send('420["up-report"]');
      assert.deepEqual(JSON.parse((await frames.packet()).slice(3)), [Array.from({ length: 300 }, (_, i) => i)]);
    });
  }
});
