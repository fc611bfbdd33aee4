import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkTwice as check, sleep } from "../lib/check.mjs";
import { SOCKET_URL } from "../lib/env.mjs";
import { request } from "../lib/http.mjs";
import { PollingSession } from "../lib/polling.mjs";
import { Frames } from "../lib/websocket.mjs";

const HANDSHAKE = { pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000 };
const HTTP = `${SOCKET_URL}/socket.io/`;
const WS = HTTP.replace(/^http/, "ws");

function session() {
  return PollingSession.open(SOCKET_URL);
}

async function opened(keep) {
  const frames = keep(await Frames.open(`${WS}?EIO=4&transport=websocket`));
  frames.handshake = JSON.parse((await frames.next()).slice(1));
  return frames;
}

/** A websocket that has joined the main namespace. */
async function joined(keep) {
  const frames = await opened(keep);
  frames.send("40");
  assert.match(await frames.next(), /^40\{"sid":"[^"]+"\}$/);
  assert.equal(await frames.next(), '42["auth",{}]');
  return frames;
}

async function packets(frames, count) {
  const found = [];
  while (found.length < count) found.push(await frames.packet());
  return found;
}

async function closedBeforeHeartbeat(frames) {
  await frames.closed(1000);
  assert.deepEqual(frames.queue, []);
}

describe("socket: Engine.IO below", () => {
  check("polling opens a session", async (keep) => {
    const { sid, ...rest } = keep(await session()).handshake;
    assert.equal(typeof sid, "string");
    assert.deepEqual(rest, { ...HANDSHAKE, upgrades: ["websocket"] });
  });

  check("websocket opens a session", async (keep) => {
    const { sid, ...rest } = (await opened(keep)).handshake;
    assert.equal(typeof sid, "string");
    assert.deepEqual(rest, { ...HANDSHAKE, upgrades: [] });
  });

  for (const query of ["transport=polling", "EIO=abc&transport=polling", "EIO=4", "EIO=4&transport=abc"]) {
    check(`polling refuses ?${query}`, async () => {
      assert.equal((await request(`${HTTP}?${query}`)).status, 400);
    });
    check(`websocket refuses ?${query.replace("polling", "websocket")}`, async () => {
      const { text } = await Frames.refused(`${WS}?${query.replace("polling", "websocket")}`);
      assert.ok(!text.includes("sid"), text);
    });
  }

  for (const method of ["POST", "PUT"]) {
    check(`polling refuses a handshake by ${method}`, async () => {
      assert.equal((await request(`${HTTP}?EIO=4&transport=polling`, { method })).status, 400);
    });
  }

  check("polling: three pings with their pongs, without a namespace", async (keep) => {
    const polling = keep(await session());
    for (let i = 0; i < 3; i++) {
      const answer = await polling.get();
      assert.deepEqual([answer.status, answer.text], [200, "2"]);
      assert.equal((await polling.post("3")).status, 200);
    }
  });

  check("websocket: three pings with their pongs, without a namespace", async (keep) => {
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
  });

  check("polling: a close packet ends the pending poll with a noop", async (keep) => {
    const polling = keep(await session());
    const [pulled] = await Promise.all([polling.get(), polling.post("1")]);
    assert.deepEqual([pulled.status, pulled.text], [200, "6"]);
    assert.equal((await polling.get()).status, 400);
  });

  check("websocket: a close packet ends the connection", async (keep) => {
    const frames = await opened(keep);
    frames.send("1");
    await frames.closed(1500);
  });

  check("upgrade answers the probe", async (keep) => {
    const polling = keep(await session());
    const frames = keep(await Frames.open(polling.webSocketUrl));
    frames.send("2probe");
    assert.equal(await frames.next(), "3probe");
    frames.send("5");
  });

  for (let round = 1; round <= 3; round++) {
    check(`a poll right behind probe and switch is refused, round ${round}`, async (keep) => {
      const polling = keep(await session());
      const frames = keep(await Frames.open(polling.webSocketUrl));
      frames.send("2probe", "5");
      assert.equal((await polling.get({ agent: false })).status, 400);
    });
  }

  check("a websocket right behind probe and switch is closed", async (keep) => {
    const polling = keep(await session());
    const first = keep(await Frames.open(polling.webSocketUrl));
    first.send("2probe", "5");
    const second = await Frames.open(polling.webSocketUrl).catch(() => undefined);
    if (second) await keep(second).closed(1000);
    assert.equal(await first.next(), "3probe");
  });
});

describe("socket: connect", () => {
  for (const [sent, nsp, auth] of [
    ["40", "", "{}"],
    ['40{"token":"123"}', "", '{"token":"123"}'],
    ["40/custom,", "/custom,", "{}"],
    ["40/custom", "/custom,", "{}"],
    ['40/custom,{"token":"abc"}', "/custom,", '{"token":"abc"}'],
  ]) {
    check(`accepts ${sent}`, async (keep) => {
      const frames = await opened(keep);
      frames.send(sent);
      const answer = await frames.next();
      assert.ok(answer.startsWith(`40${nsp}{`), answer);
      const { sid, ...rest } = JSON.parse(answer.slice(2 + nsp.length));
      assert.equal(typeof sid, "string");
      assert.notEqual(sid, frames.handshake.sid);
      assert.deepEqual(rest, {});
      assert.equal(await frames.next(), `42${nsp}["auth",${auth}]`);
    });
  }

  for (const sent of ["40/random", "40/random,"]) {
    check(`refuses ${sent}`, async (keep) => {
      const frames = await opened(keep);
      frames.send(sent);
      assert.equal(await frames.next(), '44/random,{"message":"Invalid namespace"}');
    });
  }

  check("an invalid handshake closes", async (keep) => {
    const frames = await opened(keep);
    frames.send("4abc");
    await closedBeforeHeartbeat(frames);
  });

  check("closes without any handshake", async (keep) => {
    const frames = await opened(keep);
    await assert.rejects(packets(frames, 1), /closed/);
  });

  check("polling carries handshake and auth in order", async (keep) => {
    const polling = keep(await session());
    assert.equal((await polling.post('40{"a":1}')).text, "ok");
    const [answer, auth] = await polling.packets(2);
    assert.match(answer, /^40\{"sid":"[^"]+"\}$/);
    assert.equal(auth, '42["auth",{"a":1}]');
  });
});

describe("socket: disconnect", () => {
  check("leaving the main namespace keeps the connection", async (keep) => {
    const frames = await joined(keep);
    frames.send("41");
    assert.equal(await frames.next(), "2");
  });

  check("leaving another namespace keeps the main one", async (keep) => {
    const frames = await joined(keep);
    assert.equal(await frames.next(), "2");
    frames.send("40/custom");
    assert.match(await frames.next(), /^40\/custom,/);
    assert.equal(await frames.next(), '42/custom,["auth",{}]');
    frames.send("41/custom", '42["message","message to main namespace"]');
    assert.equal(await frames.next(), '42["message-back","message to main namespace"]');
  });
});

describe("socket: messages", () => {
  const [one, two] = [Buffer.from([1, 2, 3]), Buffer.from([4, 5, 6])];
  const holes = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';

  for (const [what, sent, back] of [
    ["text", ['42["message",1,"2",{"3":[true]}]'], ['42["message-back",1,"2",{"3":[true]}]']],
    ["text with ack", ['42456["message-with-ack",1,"2",{"3":[false]}]'], ['43456[1,"2",{"3":[false]}]']],
    ["binary", [`452-["message",${holes}]`, one, two], [`452-["message-back",${holes}]`, one, two]],
    ["binary with ack", [`452-789["message-with-ack",${holes}]`, one, two], [`462-789[${holes}]`, one, two]],
    ["no argument", ['42["message"]'], ['42["message-back"]']],
    ["no argument with ack", ['420["message-with-ack"]'], ["430[]"]],
  ]) {
    check(`sends back ${what}`, async (keep) => {
      const frames = await joined(keep);
      frames.send(...sent);
      assert.deepEqual(await packets(frames, back.length), back);
    });
  }

  for (const [what, asked, answer, back] of [
    ["text", ['["emit-with-ack",1,"2"]'], (id) => [`43${id}["yes",[3]]`], ['42["emit-with-ack","yes",[3]]']],
    ["nothing", ['["emit-with-ack"]'], (id) => [`43${id}[]`], ['42["emit-with-ack"]']],
    [
      "binary",
      ['["emit-with-ack",true]'],
      (id) => [`462-${id}[${holes}]`, one, two],
      [`452-["emit-with-ack",${holes}]`, one, two],
    ],
  ]) {
    check(`takes an ack of ${what}`, async (keep) => {
      const frames = await joined(keep);
      frames.send(`42${asked}`);
      const [, id, args] = /^42(\d+)(.*)$/.exec(await frames.packet());
      assert.equal(args, asked[0]);
      frames.send(...answer(id));
      assert.deepEqual(await packets(frames, back.length), back);
    });
  }

  check("the namespace keeps its name in events and acks", async (keep) => {
    const frames = await opened(keep);
    frames.send("40/custom,");
    await packets(frames, 2);
    frames.send('42/custom,["message",1]', '42/custom,7["message-with-ack",2]');
    assert.deepEqual(await packets(frames, 2), ['42/custom,["message-back",1]', "43/custom,7[2]"]);
  });

  check("polling carries binary as base64", async (keep) => {
    const polling = keep(await session());
    await polling.post("40");
    await polling.packets(2);
    await polling.post('451-["message",{"_placeholder":true,"num":0}]\x1ebAQID');
    assert.deepEqual(await polling.packets(2), ['451-["message-back",{"_placeholder":true,"num":0}]', one]);
  });

  for (const [what, sent] of [
    ["an unknown packet type", "4abc"],
    ["an object for payload", "42{}"],
    ["an invalid ack id", '42abc["message-with-ack",1,"2",{"3":[false]}]'],
    ["truncated JSON", '42["message"'],
  ]) {
    check(`${what} closes the connection`, async (keep) => {
      const frames = await joined(keep);
      frames.send(sent);
      await closedBeforeHeartbeat(frames);
    });
  }
});
