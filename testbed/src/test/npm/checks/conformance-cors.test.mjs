import assert from "node:assert/strict";
import { describe } from "node:test";
import { check } from "../lib/check.mjs";
import { CONFORMANCE_URL } from "../lib/env.mjs";
import { request } from "../lib/http.mjs";
import { PollingSession } from "../lib/polling.mjs";
import { Frames } from "../lib/websocket.mjs";

const HTTP = `${CONFORMANCE_URL}/socket.io/`;
const ALLOWED = "http://app.example";
const FOREIGN = ["http://evil.example", "http://app.example.evil.example", "https://app.example", "null"];

function assertAllowed({ headers }) {
  assert.equal(headers["access-control-allow-origin"], ALLOWED);
  assert.equal(headers["access-control-allow-credentials"], "true");
}

function assertNotAllowed({ headers }) {
  assert.ok([undefined, ALLOWED].includes(headers["access-control-allow-origin"]), headers["access-control-allow-origin"]);
}

function preflight(query, origin, asked = {}) {
  const headers = { Origin: origin, "Access-Control-Request-Method": "POST", ...asked };
  return request(`${HTTP}?${query}`, { method: "OPTIONS", headers });
}

describe("the allowed origin", () => {
  const headers = { Origin: ALLOWED };

  check("may read the handshake", async () => {
    const answer = await request(`${HTTP}?EIO=4&transport=polling`, { headers });
    assert.equal(answer.status, 200);
    assertAllowed(answer);
    assert.match(answer.headers.vary ?? "", /origin/i);
  });

  check("may poll and post", async (keep) => {
    const session = keep(await PollingSession.open(CONFORMANCE_URL, { headers }));
    const posted = await session.post("40", { headers });
    assert.deepEqual([posted.status, posted.text], [200, "ok"]);
    assertAllowed(posted);
    assertAllowed(await session.get({ headers }));
  });

  for (const [what, method, query] of [
    ["unknown transport", "GET", "EIO=4&transport=abc"],
    ["unknown sid", "GET", "EIO=4&transport=polling&sid=unknown"],
    ["unknown sid by POST", "POST", "EIO=4&transport=polling&sid=unknown"],
    ["bad method", "POST", "EIO=4&transport=polling"],
    ["unsupported version", "GET", "EIO=3&transport=polling"],
  ]) {
    check(`may read the error of ${what}`, async () => {
      const answer = await request(`${HTTP}?${query}`, { method, headers });
      assert.equal(answer.status, 400);
      assertAllowed(answer);
    });
  }

  check("may open a websocket", async (keep) => {
    const url = `${HTTP.replace(/^http/, "ws")}?EIO=4&transport=websocket`;
    const frames = keep(await Frames.open(url, { headers }));
    assert.equal((await frames.next())[0], "0");
  });
});

describe("preflight", () => {
  for (const query of ["EIO=4&transport=polling", "EIO=4&transport=polling&sid=unknown", ""]) {
    check(`is answered for ?${query}`, async () => {
      const answer = await preflight(query, ALLOWED);
      assert.ok([200, 204].includes(answer.status), String(answer.status));
      assert.equal(answer.text, "");
      assertAllowed(answer);
      const methods = answer.headers["access-control-allow-methods"].split(/, ?/);
      assert.ok(methods.includes("POST") && methods.includes("GET"), String(methods));
    });
  }

  check("allows the headers that were asked for", async () => {
    const asked = { "Access-Control-Request-Headers": "content-type,x-custom" };
    const answer = await preflight("EIO=4&transport=polling", ALLOWED, asked);
    const allowed = answer.headers["access-control-allow-headers"].toLowerCase().split(/, ?/);
    assert.deepEqual(allowed.sort(), ["content-type", "x-custom"]);
  });

  check("does not disturb the session", async (keep) => {
    const session = keep(await PollingSession.open(CONFORMANCE_URL));
    const pending = session.get();
    const answer = await preflight(`EIO=4&transport=polling&sid=${session.sid}`, ALLOWED);
    assert.ok([200, 204].includes(answer.status));
    await session.post("40");
    assert.match((await pending).text, /^40/);
  });

  for (const origin of FOREIGN) {
    check(`does not allow ${origin}`, async () => {
      assertNotAllowed(await preflight("EIO=4&transport=polling", origin));
    });
  }
});

describe("other origins", () => {
  for (const origin of FOREIGN) {
    check(`${origin} may not read the handshake`, async () => {
      assertNotAllowed(await request(`${HTTP}?EIO=4&transport=polling`, { headers: { Origin: origin } }));
    });
  }

  check("a foreign origin may not read an error", async () => {
    const headers = { Origin: FOREIGN[0] };
    assertNotAllowed(await request(`${HTTP}?EIO=4&transport=abc`, { headers }));
  });

  check("no origin is served", async () => {
    const answer = await request(`${HTTP}?EIO=4&transport=polling`);
    assert.equal(answer.status, 200);
    assertNotAllowed(answer);
  });
});
