import assert from "node:assert/strict";
import { describe } from "node:test";
import { check, sleep } from "../lib/check.mjs";
import { EIO3_URL, PING_INTERVAL_MS, PING_TIMEOUT_MS } from "../lib/env.mjs";
import { request } from "../lib/http.mjs";
import { Frames } from "../lib/websocket.mjs";
import http from "node:http";

const PATH = `${EIO3_URL}/socket.io/?`;

/** The packets of a payload of text. */
function unframe(text) {
  const packets = [];
  for (let rest = text; rest !== ""; ) {
    const [, digits] = /^(\d+):/.exec(rest) ?? assert.fail(`no payload: ${rest}`);
    const start = digits.length + 1;
    packets.push(rest.slice(start, start + Number(digits)));
    rest = rest.slice(start + Number(digits));
  }
  return packets;
}

async function open(query = "EIO=3") {
  const opened = await request(`${PATH}${query}&transport=polling`);
  assert.equal(opened.status, 200, opened.text);
  const [open, ...early] = unframe(opened.text);
  const { sid } = JSON.parse(open.slice(1));
  const url = `${PATH}${query}&transport=polling&sid=${sid}`;
  const post = (body, type = "text/plain;charset=UTF-8") =>
    request(url, { method: "POST", body, headers: { "Content-Type": type } });
  return { sid, url, early, post, get: () => request(url) };
}

/** The same, past CONNECT and `welcome`. */
async function joined(query) {
  const session = await open(query);
  for (let found = session.early; found.length < 2; ) found = found.concat(unframe((await session.get()).text));
  return session;
}

function raw(url) {
  return new Promise((resolve, reject) => {
    http.get(url, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ type: response.headers["content-type"], bytes: Buffer.concat(chunks) }));
    }).on("error", reject);
  });
}

async function gone(session) {
  const answers = [await session.get(), await session.get()];
  return answers.at(-1).status === 400 && answers.at(-1).json().code === 1;
}

describe("revision 3: polling", () => {
  for (const query of ["EIO=3", "EIO=2", "x=1"]) {
    check(`the namespace is joined unasked [${query}]`, async () => {
      const session = await open(query);
      let found = session.early;
      while (found.length < 2) found = found.concat(unframe((await session.get()).text));
      // Only these: what other checks tell everybody meanwhile may follow.
      assert.deepEqual(found.slice(0, 2), ["40", `42["welcome",{"id":"${session.sid}","auth":{}}]`]);
    });
  }

  check("lengths count as JavaScript's strings do", async () => {
    const session = await joined();
    assert.equal((await session.post('18:420["echo","ü😀€"]')).text, "ok");
    assert.equal((await session.get()).text, '11:430["ü😀€"]');
  });

  check("several packets come in one body", async () => {
    const session = await joined();
    await session.post('13:421["echo",1]1:213:422["echo",2]');
    let found = [];
    while (found.length < 3) found = found.concat(unframe((await session.get()).text));
    assert.deepEqual(found.sort(), ["3", "431[1]", "432[2]"]);
  });

  check("bytes come in a body of bytes", async () => {
    const session = await joined();
    const event = Buffer.from('451-0["echo",{"_placeholder":true,"num":0}]');
    const head = (kind, length) => Buffer.from([kind, ...[...String(length)].map(Number), 255]);
    const body = Buffer.concat([head(0, event.length), event, head(1, 4), Buffer.from([4, 1, 2, 255])]);
    assert.equal((await session.post(body, "application/octet-stream")).text, "ok");
    const { type, bytes } = await raw(session.url);
    assert.equal(type, "application/octet-stream");
    const answer = Buffer.from('461-0[{"_placeholder":true,"num":0}]');
    assert.deepEqual(bytes, Buffer.concat([head(0, answer.length), answer, head(1, 4), Buffer.from([4, 1, 2, 255])]));
  });

  check("bytes come as text for who asks so", async () => {
    const session = await joined("EIO=3&b64=1");
    await session.post('43:451-0["echo",{"_placeholder":true,"num":0}]6:b4AQL/');
    const answer = await session.get();
    assert.match(answer.headers["content-type"], /^text\/plain/);
    assert.equal(answer.text, '36:461-0[{"_placeholder":true,"num":0}]6:b4AQL/');
  });

  for (const body of ["", "4a", "3:4a", "x:4a", "1:7", "1:3"]) {
    check(`a bad body ends the session [${JSON.stringify(body)}]`, async () => {
      const session = await joined();
      await session.post(body);
      assert.ok(await gone(session));
    });
  }

  check("a session stays with its revision", async () => {
    const session = await joined();
    const answer = await request(session.url.replace("EIO=3", "EIO=4"));
    assert.deepEqual([answer.status, answer.json().code], [400, 3]);
    const url = session.url.replace(/^http/, "ws").replace("polling", "websocket");
    assert.equal((await Frames.refused(url.replace("EIO=3", "EIO=4"))).status, 400);
  });

  check("a client that does not ask is taken for dead", async () => {
    const session = await joined();
    const pending = session.get();
    await sleep(PING_INTERVAL_MS + PING_TIMEOUT_MS + 500);
    await pending;
    assert.ok(await gone(session));
  });
});

describe("revision 3: websocket", () => {
  check("bytes have their type in front", async (keep) => {
    const frames = keep(await Frames.open(`${PATH.replace(/^http/, "ws")}EIO=3&transport=websocket`));
    for (const start of ["0{", "40", '42["welcome"']) assert.ok((await frames.next()).startsWith(start));
    frames.send('451-0["echo",{"_placeholder":true,"num":0}]', Buffer.from([4, 1, 2, 3]));
    assert.equal(await frames.next(), '461-0[{"_placeholder":true,"num":0}]');
    assert.deepEqual(await frames.next(), Buffer.from([4, 1, 2, 3]));
    frames.send("2");
    assert.equal(await frames.next(), "3");
  });

  check("bytes are text for who asks so", async (keep) => {
    const frames = keep(await Frames.open(`${PATH.replace(/^http/, "ws")}EIO=3&transport=websocket&b64=1`));
    for (let i = 0; i < 3; i++) await frames.next();
    frames.send('451-0["echo",{"_placeholder":true,"num":0}]', "b4AQID");
    assert.equal(await frames.next(), '461-0[{"_placeholder":true,"num":0}]');
    assert.equal(await frames.next(), "b4AQID");
  });
});

describe("JSONP", () => {
  /** What the script hands to its callback. */
  function run(script, index) {
    const callbacks = [];
    callbacks[index] = (payload) => callbacks.push(payload);
    new Function("___eio", script)(callbacks);
    return callbacks.at(-1);
  }

  /** As the client of version 2 fills its form. */
  const form = (payload) => `d=${encodeURIComponent(payload.replace(/\\n/g, "\\\n").replace(/\n/g, "\\n"))}`;
  const FORM = "application/x-www-form-urlencoded";
  const TEXT = "a\nb\\nc \"q\" \\ </script> \u2028\u2029 ü😀";

  check("a session of revision 3 lives in scripts", async () => {
    const url = `${PATH}EIO=3&transport=polling&b64=1&j=7`;
    const opened = unframe(run((await request(url)).text, 7));
    const { sid } = JSON.parse(opened[0].slice(1));
    const packets = opened.slice(1);
    const poll = async () => packets.push(...unframe(run((await request(`${url}&sid=${sid}`)).text, 7)));
    while (packets.length < 2) await poll();
    const event = `420["echo",${JSON.stringify(TEXT)}]`;
    const headers = { "Content-Type": FORM };
    const body = form(`${event.length}:${event}`);
    assert.equal((await request(`${url}&sid=${sid}`, { method: "POST", body, headers })).text, "ok");
    await poll();
    assert.deepEqual(JSON.parse(packets[2].slice(3)), [TEXT]);
  });

  check("a session of revision 4 lives in scripts", async () => {
    const url = `${PATH}EIO=4&transport=polling&j=12`;
    const { sid } = JSON.parse(run((await request(url)).text, 12).slice(1));
    const post = (payload) =>
      request(`${url}&sid=${sid}`, { method: "POST", body: form(payload), headers: { "Content-Type": FORM } });
    assert.equal((await post("40")).text, "ok");
    const packets = [];
    const poll = async () => packets.push(...run((await request(`${url}&sid=${sid}`)).text, 12).split("\x1e"));
    while (packets.length < 2) await poll();
    await post(`420["echo",${JSON.stringify(TEXT)}]`);
    await poll();
    assert.deepEqual(JSON.parse(packets[2].slice(3)), [TEXT]);
  });

  check("only the digits of the index reach the script", async () => {
    const { text } = await request(`${PATH}EIO=4&transport=polling&j=${encodeURIComponent("1](alert)//2")}`);
    assert.ok(text.startsWith("___eio[12]("), text);
  });
});
