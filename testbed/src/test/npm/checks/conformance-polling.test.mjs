import assert from "node:assert/strict";
import { describe } from "node:test";
import { check, sleep } from "../lib/check.mjs";
import { CONFORMANCE_URL, MAX_PAYLOAD } from "../lib/env.mjs";
import { request, unfinishedPost } from "../lib/http.mjs";
import { reasonOf } from "../lib/peer.mjs";
import { PollingSession } from "../lib/polling.mjs";

/** A session that has joined the main namespace by hand. */
async function joined(keep) {
  const session = keep(await PollingSession.open(CONFORMANCE_URL));
  assert.equal((await session.post("40")).text, "ok");
  const [answer] = await session.packets(2);
  session.id = JSON.parse(answer.slice(2)).sid;
  return session;
}

/** An `ignore` event of exactly so many bytes. */
function eventOfSize(bytes) {
  const head = '42["ignore","';
  return `${head}${"x".repeat(bytes - head.length - 2)}"]`;
}

describe("polling: requests", () => {
  check("a POST is answered by ok", async (keep) => {
    const session = await joined(keep);
    const { status, text, headers } = await session.post('42["ignore"]');
    assert.deepEqual([status, text], [200, "ok"]);
    assert.match(headers["content-type"], /^text\//);
    assert.equal(headers["cache-control"], "no-store");
  });

  check("a GET waits for data", async (keep) => {
    const session = await joined(keep);
    const pending = session.get();
    assert.equal(await Promise.race([pending, sleep(300, "waiting")]), "waiting");
    await session.post('420["echo",1]');
    assert.equal((await pending).text, "430[1]");
  });

  check("a GET answer is text/plain in UTF-8 with its length in bytes", async (keep) => {
    const session = await joined(keep);
    await session.post('420["echo","å€😀"]');
    const { headers, text } = await session.get();
    assert.equal(text, '430["å€😀"]');
    assert.match(headers["content-type"], /^text\/plain; ?charset=utf-8$/i);
    assert.equal(headers["cache-control"], "no-store");
  });

  check("the content type of a POST does not matter, but for octet-stream", async (keep) => {
    const session = await joined(keep);
    for (const type of ["text/plain", "text/plain;charset=UTF-8", "application/json"]) {
      const answer = await session.post('42["up",1]', { headers: { "Content-Type": type } });
      assert.equal(answer.status, 200, type);
    }
  });

  check("what happens between two polls waits in order", async (keep) => {
    const session = await joined(keep);
    await session.post('420["echo","a"]\x1e421["echo","b"]');
    await session.post('422["echo","c"]');
    await session.post('423["echo","d"]');
    assert.deepEqual(await session.packets(4), ['430["a"]', '431["b"]', '432["c"]', '433["d"]']);
  });

  check("binary is base64 in both directions", async (keep) => {
    const session = await joined(keep);
    await session.post('451-0["echo",{"_placeholder":true,"num":0}]\x1eb+/8A');
    const text = (await session.get()).text;
    assert.equal(text, '461-0[{"_placeholder":true,"num":0}]\x1eb+/8A');
  });

  check("an empty attachment survives", async (keep) => {
    const session = await joined(keep);
    await session.post('451-0["types",{"_placeholder":true,"num":0}]\x1eb');
    assert.deepEqual(await session.packets(1), ['430[["binary:0:0"]]']);
  });

  check("an answer may be compressed if the client can read that", async (keep) => {
    const session = await joined(keep);
    await session.post('420["big",5000]');
    const answer = await fetch(session.url, { headers: { "Accept-Encoding": "gzip, deflate" } });
    assert.equal(await answer.text(), `430["${"x".repeat(5000)}"]`);
  });

  check("an answer is not compressed unasked", async (keep) => {
    const session = await joined(keep);
    await session.post('420["big",5000]');
    const answer = await session.get({ headers: { "Accept-Encoding": "identity" } });
    assert.equal(answer.text, `430["${"x".repeat(5000)}"]`);
    assert.ok([undefined, "identity"].includes(answer.headers["content-encoding"]));
  });
});

describe("polling: limits", () => {
  check("a body of maxPayload is accepted", async (keep) => {
    const session = await joined(keep);
    assert.equal((await session.post(eventOfSize(MAX_PAYLOAD))).status, 200);
    await session.post('420["echo",1]');
    assert.deepEqual(await session.packets(1), ["430[1]"]);
  });

  for (const [what, more] of [["one byte more", 1], ["twice as much", MAX_PAYLOAD]]) {
    check(`${what} is answered by 413 and an empty body`, async (keep) => {
      const session = await joined(keep);
      const answer = await session.post(eventOfSize(MAX_PAYLOAD + more), { agent: false });
      assert.deepEqual([answer.status, answer.text], [413, ""]);
    });
  }

  check("413 spares the session", async (keep) => {
    const session = await joined(keep);
    const answer = await session.post(eventOfSize(MAX_PAYLOAD + 1), { agent: false });
    assert.equal(answer.status, 413);
    assert.equal((await session.post('420["echo",1]', { agent: false })).text, "ok");
    assert.deepEqual(await session.packets(1), ["430[1]"]);
  });
});

describe("polling: overlap and abort", () => {
  check("a second GET ends both and the session", async (keep) => {
    const session = await joined(keep);
    const first = session.get();
    await sleep(10);
    assert.equal((await session.get()).status, 400);
    assert.deepEqual([(await first).status, (await first).text], [200, "1"]);
    assert.ok(await session.gone());
    assert.equal(await reasonOf(session.id), "transport error");
  });

  check("a second POST ends both and the session", async (keep) => {
    const session = await joined(keep);
    const first = keep(unfinishedPost(session.url, '42["up",', 100));
    await sleep(200);
    assert.equal((await session.post('42["ignore"]')).status, 400);
    assert.notEqual(await first.done, 200);
    assert.ok(await session.gone());
    assert.equal(await reasonOf(session.id), "transport error");
  });

  check("an aborted GET ends the session", async (keep) => {
    const session = await joined(keep);
    const abort = new AbortController();
    const pending = session.get({ signal: abort.signal, agent: false }).catch(() => {});
    await sleep(200);
    abort.abort();
    await pending;
    assert.equal(await reasonOf(session.id), "transport error");
    assert.ok(await session.gone());
  });

  check("an aborted POST ends the session", async (keep) => {
    const session = await joined(keep);
    const post = keep(unfinishedPost(session.url, '42["up",', 100));
    await sleep(200);
    post.close();
    assert.equal(await reasonOf(session.id), "transport error");
    assert.ok(await session.gone());
  });

  check("a GET waits while a slow POST is under way", async (keep) => {
    const session = await joined(keep);
    const pending = session.get();
    const slow = keep(unfinishedPost(session.url, '420["echo",', 13));
    assert.equal(await Promise.race([pending, sleep(100, "waiting")]), "waiting");
    slow.finish("1]");
    assert.equal(await slow.done, 200);
    assert.equal((await pending).text, "430[1]");
  });

  check("octet-stream is refused and ends the session", async (keep) => {
    const session = await joined(keep);
    const headers = { "Content-Type": "application/octet-stream" };
    assert.equal((await session.post('42["ignore"]', { headers })).status, 400);
    assert.ok(await session.gone());
    assert.equal(await reasonOf(session.id), "transport error");
  });
});

describe("polling: bad payloads", () => {
  for (const [what, payload, reason] of [
    ["empty body", "", "parse error"],
    ["unknown type", "abc", "parse error"],
    ["digit that is no type", "7", "parse error"],
    ["digit 9", '9["x"]', "parse error"],
    ["only a separator", "\x1e", "parse error"],
    ["trailing separator", '42["ignore"]\x1e', "parse error"],
    ["leading separator", '\x1e42["ignore"]', "parse error"],
    ["good packet before a bad one", '42["ignore"]\x1exyz', "parse error"],
    ["ping from the client", "2", "transport error"],
    ["ping probe over polling", "2probe", "transport error"],
  ]) {
    check(`${what} ends the session: ${reason}`, async (keep) => {
      const session = await joined(keep);
      await session.post(payload).catch(() => {});
      assert.ok(await session.gone());
      assert.equal(await reasonOf(session.id), reason);
    });
  }

  check("a bad payload answers the pending GET", async (keep) => {
    const session = await joined(keep);
    const pending = session.get();
    await sleep(20);
    await session.post("abc").catch(() => {});
    const answer = await pending.catch(() => ({ status: 400 }));
    assert.ok([200, 400].includes(answer.status));
    assert.ok(await session.gone());
  });

  check("a pong that nobody asked for is harmless", async (keep) => {
    const session = await joined(keep);
    assert.equal((await session.post("3\x1e3")).text, "ok");
    await session.post('420["echo",1]');
    assert.deepEqual(await session.packets(1), ["430[1]"]);
  });

  check("a noop from the client is harmless", async (keep) => {
    const session = await joined(keep);
    assert.equal((await session.post('6\x1e420["echo",1]')).text, "ok");
    assert.deepEqual(await session.packets(1), ["430[1]"]);
  });
});

describe("polling: close by the client", () => {
  check("answers the pending GET by a noop: transport close", async (keep) => {
    const session = await joined(keep);
    const pending = session.get();
    await sleep(20);
    assert.equal((await session.post("1")).text, "ok");
    assert.deepEqual([(await pending).status, (await pending).text], [200, "6"]);
    assert.ok(await session.gone());
    assert.equal(await reasonOf(session.id), "transport close");
  });

  check("works without a pending GET", async (keep) => {
    const session = await joined(keep);
    assert.equal((await session.post("1")).text, "ok");
    assert.ok(await session.gone());
    assert.equal(await reasonOf(session.id), "transport close");
  });

  check("a new session with the old sid is not possible", async (keep) => {
    const session = await joined(keep);
    await session.post("1");
    const answer = await request(session.url);
    assert.deepEqual([answer.status, answer.json().code], [400, 1]);
  });
});
