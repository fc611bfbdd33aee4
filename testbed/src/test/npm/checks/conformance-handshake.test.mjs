import assert from "node:assert/strict";
import http from "node:http";
import { describe } from "node:test";
import { check } from "../lib/check.mjs";
import { CONFORMANCE_URL, MAX_PAYLOAD, PING_INTERVAL_MS, PING_TIMEOUT_MS } from "../lib/env.mjs";
import { request } from "../lib/http.mjs";
import { Peer } from "../lib/peer.mjs";
import { PollingSession } from "../lib/polling.mjs";
import { Frames } from "../lib/websocket.mjs";

const HTTP = `${CONFORMANCE_URL}/socket.io/`;
const WS = HTTP.replace(/^http/, "ws");
const ERRORS = [
  "Transport unknown",
  "Session ID unknown",
  "Bad handshake method",
  "Bad request",
  "Forbidden",
  "Unsupported protocol version",
];

function assertRefused(answer, code) {
  assert.equal(answer.status, 400, answer.text);
  assert.match(answer.headers["content-type"], /^application\/json/i);
  assert.deepEqual(answer.json(), { code, message: ERRORS[code] });
}

describe("handshake over polling", () => {
  check("OPEN has exactly the five fields", async (keep) => {
    const { opened, handshake } = keep(await PollingSession.open(CONFORMANCE_URL));
    const { sid, ...rest } = handshake;
    assert.equal(opened.text[0], "0");
    assert.ok(sid.length >= 20, sid);
    assert.match(sid, /^[\w.~-]+$/);
    assert.deepEqual(rest, {
      upgrades: ["websocket"],
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      maxPayload: MAX_PAYLOAD,
    });
  });

  check("is text/plain in UTF-8 and must not be stored", async (keep) => {
    const { headers } = keep(await PollingSession.open(CONFORMANCE_URL)).opened;
    assert.match(headers["content-type"], /^text\/plain; ?charset=utf-8$/i);
    assert.match(headers["cache-control"], /no-store/);
    assert.equal(headers["set-cookie"], undefined);
  });

  check("fifty at once have fifty ids", async (keep) => {
    const open = () => PollingSession.open(CONFORMANCE_URL);
    const sessions = await Promise.all(Array.from({ length: 50 }, open));
    assert.equal(new Set(sessions.map((session) => keep(session).sid)).size, 50);
  });

  check("a cookie does not choose the session", async (keep) => {
    const first = keep(await PollingSession.open(CONFORMANCE_URL));
    const headers = { Cookie: `io=${first.sid}` };
    const second = keep(await PollingSession.open(CONFORMANCE_URL, { headers }));
    assert.notEqual(second.sid, first.sid);
    assert.equal((await second.post("40")).text, "ok");
  });

  check("unknown parameters are ignored", async (keep) => {
    const query = "&t=Pabc123&b64=1&token=%20%26&flag&%F0%9F%98%80=1";
    const session = keep(await PollingSession.open(CONFORMANCE_URL, { query }));
    assert.deepEqual(session.handshake.upgrades, ["websocket"]);
  });

  check("the order of parameters does not matter", async () => {
    const answer = await request(`${HTTP}?t=1&transport=polling&EIO=4`);
    assert.equal(answer.status, 200);
  });

  check("the TCP connection is kept for the next request", async (keep) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    keep({ close: () => agent.destroy() });
    const ports = new Set();
    agent.on("free", (socket) => ports.add(socket.localPort));
    for (let i = 0; i < 4; i++) assert.equal((await request(`${HTTP}?EIO=4&transport=polling`, { agent })).status, 200);
    assert.equal(ports.size, 1);
  });

  check("another path is no session", async () => {
    const answer = await request(`${CONFORMANCE_URL}/elsewhere/?EIO=4&transport=polling`);
    assert.ok(answer.status >= 400, String(answer.status));
  });
});

describe("handshake errors over HTTP", () => {
  for (const [method, query, code] of [
    ["GET", "", 0],
    ["GET", "EIO=4", 0],
    ["GET", "EIO=4&transport=abc", 0],
    ["GET", "EIO=4&transport=", 0],
    ["GET", "EIO=4&transport=POLLING", 0],
    ["GET", "EIO=4&transport=webtransport", 0],
    ["GET", "EIO=4&transport=constructor", 0],
    ["GET", "EIO=4&transport=__proto__", 0],
    ["POST", "EIO=4&transport=abc", 0],
    ["GET", "EIO=4&transport=abc&sid=unknown", 0],
    ["GET", "EIO=3&transport=abc", 0],
    ["GET", "EIO=4&transport=polling&sid=unknown", 1],
    ["POST", "EIO=4&transport=polling&sid=unknown", 1],
    ["GET", "EIO=4&transport=polling&sid=__proto__", 1],
    ["GET", "EIO=4&transport=polling&sid=constructor", 1],
    ["GET", "EIO=4&transport=polling&sid=%00", 1],
    ["GET", "EIO=4&transport=websocket&sid=unknown", 1],
    ["GET", "EIO=3&transport=polling&sid=unknown", 1],
    ["PUT", "EIO=4&transport=polling&sid=unknown", 1],
    ["POST", "EIO=4&transport=polling", 2],
    ["PUT", "EIO=4&transport=polling", 2],
    ["DELETE", "EIO=4&transport=polling", 2],
    ["POST", "EIO=3&transport=polling", 2],
    ["POST", "EIO=4&transport=websocket", 2],
    ["GET", "EIO=4&transport=websocket", 3],
    ["GET", "EIO=3&transport=websocket", 3],
    ["GET", "transport=polling", 5],
    ["GET", "EIO=3&transport=polling", 5],
    ["GET", "EIO=5&transport=polling", 5],
    ["GET", "EIO=abc&transport=polling", 5],
    ["GET", "EIO=&transport=polling", 5],
    ["GET", "EIO=04&transport=polling", 5],
  ]) {
    check(`${method} ?${query} → code ${code}`, async () => {
      assertRefused(await request(`${HTTP}?${query}`, { method }), code);
    });
  }

  check("a polling session asked for over websocket by plain GET → code 3", async (keep) => {
    const session = keep(await PollingSession.open(CONFORMANCE_URL));
    const answer = await session.get();
    assert.equal(answer.status, 200);
    assertRefused(await request(`${HTTP}?EIO=4&transport=websocket&sid=${session.sid}`), 3);
  });

  check("a websocket session asked for over polling → code 3", async (keep) => {
    const frames = keep(await Frames.open(`${WS}?EIO=4&transport=websocket`));
    const { sid } = JSON.parse((await frames.next()).slice(1));
    for (const method of ["GET", "POST"]) {
      assertRefused(await request(`${HTTP}?EIO=4&transport=polling&sid=${sid}`, { method }), 3);
    }
  });

  check("another method with a known sid fails and spares the session", async (keep) => {
    const session = keep(await PollingSession.open(CONFORMANCE_URL));
    const answer = await session.get({ method: "PUT" });
    assert.ok(answer.status >= 400, String(answer.status));
    assert.equal((await session.post("40")).text, "ok");
  });
});

describe("handshake over websocket", () => {
  check("OPEN offers no upgrade", async (keep) => {
    const frames = keep(await Frames.open(`${WS}?EIO=4&transport=websocket`));
    const { sid, ...rest } = JSON.parse((await frames.next()).slice(1));
    assert.ok(sid.length >= 20, sid);
    assert.deepEqual(rest, {
      upgrades: [],
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      maxPayload: MAX_PAYLOAD,
    });
  });

  for (const [query, message] of [
    ["EIO=4", ERRORS[0]],
    ["EIO=4&transport=abc", ERRORS[0]],
    ["EIO=4&transport=constructor", ERRORS[0]],
    ["EIO=4&transport=websocket&sid=unknown", ERRORS[1]],
    ["EIO=4&transport=websocket&sid=__proto__", ERRORS[1]],
  ]) {
    check(`?${query} is refused before the switch: ${message}`, async () => {
      const { status, text } = await Frames.refused(`${WS}?${query}`);
      assert.deepEqual([status, text], [400, message]);
    });
  }

  for (const query of ["transport=websocket", "EIO=3&transport=websocket", "EIO=4&transport=polling"]) {
    check(`?${query} never opens a session`, async () => {
      const { text } = await Frames.refused(`${WS}?${query}`);
      assert.ok(!text.includes("sid"), text);
    });
  }

  check("a refused upgrade does not disturb the next", async (keep) => {
    await Promise.all(Array.from({ length: 20 }, () => Frames.refused(`${WS}?EIO=4&transport=abc`)));
    const peer = keep(await Peer.connected("websocket"));
    await peer.alive();
  });
});

describe("handshake as the app sees it", () => {
  for (const transport of ["polling", "websocket", "upgrade"]) {
    check(`the query is decoded once [${transport}]`, async (keep) => {
      const peer = keep(await Peer.connected(transport, { query: "&color=bl%C3%A5%2526%20%F0%9F%98%80" }));
      const [{ query }] = await peer.call("whoami");
      assert.equal(query, "blå%26 😀");
    });

    check(`the id of the socket is not the sid [${transport}]`, async (keep) => {
      const peer = keep(await Peer.connected(transport));
      assert.notEqual(peer.id, peer.wire.handshake.sid);
      assert.ok(peer.id.length >= 15, peer.id);
    });
  }
});
