import { unfinishedPost } from "../../lib/http.mjs";

const POLLING = "/socket.io/?EIO=4&transport=polling";
const WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
const ONCE = ["polling"];

/** Requests that need no session. */
const REQUESTS = [
  ["GET", POLLING],
  ["GET", `${POLLING}&t=abc123`],
  ["GET", `${POLLING}&b64=1`],
  ["GET", "/socket.io/?transport=polling&EIO=4"],
  ["GET", "/socket.io/?EIO=3&transport=polling"],
  ["GET", "/socket.io/?EIO=5&transport=polling"],
  ["GET", "/socket.io/?EIO=&transport=polling"],
  ["GET", "/socket.io/?EIO=04&transport=polling"],
  ["GET", "/socket.io/?transport=polling"],
  ["GET", "/socket.io/?EIO=4&EIO=4&transport=polling"],
  ["GET", "/socket.io/?EIO=4"],
  ["GET", "/socket.io/"],
  ["GET", "/socket.io/?EIO=4&transport="],
  ["GET", "/socket.io/?EIO=4&transport=abc"],
  ["GET", "/socket.io/?EIO=4&transport=POLLING"],
  ["GET", "/socket.io/?EIO=4&transport=__proto__"],
  ["GET", "/socket.io/?EIO=4&transport=constructor"],
  ["GET", "/socket.io/?EIO=4&transport=polling&transport=polling"],
  ["GET", "/socket.io/?EIO=4&transport=flashsocket"],
  ["GET", "/socket.io/?EIO=4&transport=webtransport"],
  ["GET", WEBSOCKET],
  ["POST", POLLING],
  ["PUT", POLLING],
  ["DELETE", POLLING],
  ["PATCH", POLLING],
  ["HEAD", POLLING],
  ["OPTIONS", POLLING],
  ["GET", `${POLLING}&sid=unknown`],
  ["GET", `${POLLING}&sid=`],
  ["GET", `${POLLING}&sid=__proto__`],
  ["GET", `${POLLING}&sid=%00`],
  ["GET", `${POLLING}&sid=${"x".repeat(1000)}`],
  ["POST", `${POLLING}&sid=unknown`, "40"],
  ["POST", `${POLLING}&sid=`, "40"],
  ["DELETE", `${POLLING}&sid=unknown`],
  ["GET", `${WEBSOCKET}&sid=unknown`],
  ["GET", "/socket.io/?EIO=3&transport=abc&sid=unknown"],
  ["GET", "/socket.io?EIO=4&transport=polling"],
  ["GET", "/socket.io/x?EIO=4&transport=polling"],
  ["GET", "/socket.iox/?EIO=4&transport=polling"],
  ["GET", "//socket.io/?EIO=4&transport=polling"],
  ["GET", "/SOCKET.IO/?EIO=4&transport=polling"],
  ["GET", "/engine.io/?EIO=4&transport=polling"],
  ["GET", "/"],
  ["GET", `${POLLING}&j=0`],
  ["GET", `${POLLING}&%`],
  ["GET", `${POLLING}&a=%zz`],
];

const requests = REQUESTS.map(([method, path, body]) => ({
  id: `http: ${method} ${path.length > 200 ? `${path.slice(0, 60)}…` : path}`,
  over: ONCE,
  run: (stage) => stage.http("a", path, { method, body }),
}));

const EVENT = '420["echo","x"]';

/** Requests with the sid of a session that has joined; what they are answered and whether the session lives. */
const IN_SESSION = [
  ["a POST", (s) => s.post(EVENT)],
  ["a POST without a content type", (s) => s.post(EVENT, { headers: { "Content-Type": "" } })],
  ["a POST as JSON", (s) => s.post(EVENT, { headers: { "Content-Type": "application/json" } })],
  ["a POST as octet-stream", (s) => s.post(EVENT, { headers: { "Content-Type": "application/octet-stream" } })],
  ["a POST as form", (s) => s.post(`d=${EVENT}`, { headers: { "Content-Type": "application/x-www-form-urlencoded" } })],
  ["a POST without a body", (s) => s.post(undefined, { headers: { "Content-Length": 0 } })],
  ["a POST of the largest size", (s) => s.post(`42["ignore","${"x".repeat(1_000_000 - 15)}"]`)],
  ["a POST one byte too large", (s) => s.post(`42["ignore","${"x".repeat(1_000_001 - 15)}"]`)],
  ["a POST twice as large as allowed", (s) => s.post("4".repeat(2_000_000))],
  ["a POST with EIO=3", (s) => s.post(EVENT), (url) => url.replace("EIO=4", "EIO=3")],
  ["a POST without EIO", (s) => s.post(EVENT), (url) => url.replace("EIO=4&", "")],
  ["a POST for websocket", (s) => s.post(EVENT), (url) => url.replace("=polling", "=websocket")],
  ["a GET for websocket", (s) => s.get(), (url) => url.replace("=polling", "=websocket")],
  ["a GET for an unknown transport", (s) => s.get(), (url) => url.replace("=polling", "=abc")],
  ["a GET with another parameter", (s) => s.get(), (url) => `${url}&x=1`],
  ["a PUT", (s) => s.get({ method: "PUT", body: EVENT })],
  ["a DELETE", (s) => s.get({ method: "DELETE" })],
  ["a PATCH", (s) => s.get({ method: "PATCH", body: EVENT })],
  ["a HEAD", (s) => s.get({ method: "HEAD" })],
  ["an OPTIONS", (s) => s.get({ method: "OPTIONS" })],
  ["a GET with sid twice", (s) => s.get(), (url) => `${url}&sid=x`],
].map(([what, ask, change = (url) => url]) => ({
  id: `http in a session: ${what}`,
  over: ONCE,
  run: async (stage) => {
    const session = await stage.session("a");
    const url = session.url;
    if (/GET with another/.test(what)) await session.post(EVENT);
    session.url = change(url);
    await stage.exchange("a", what, ask(session));
    session.url = url;
    await stage.alive("a", session);
  },
}));

const sessions = [
  {
    id: "http: a second GET while one waits",
    run: async (stage) => {
      const session = await stage.session("a");
      const first = session.get();
      await stage.arrived();
      await stage.exchange("a", "second GET", session.get({ agent: false }));
      await stage.exchange("a", "first GET", first, session);
      await stage.exchange("a", "GET afterwards", session.get());
      await stage.reasonOf(session.id);
    },
  },
  {
    id: "http: a second POST while one is read",
    run: async (stage) => {
      const session = await stage.session("a");
      const first = unfinishedPost(session.url, '42["echo"', 40);
      await stage.arrived();
      await stage.exchange("a", "second POST", session.post('42["echo",2]', { agent: false }));
      await stage.reasonOf(session.id);
      stage.note("a", `first POST: ${await first.done}`);
    },
  },
  {
    id: "http: a POST that is given up",
    run: async (stage) => {
      const session = await stage.session("a");
      const post = unfinishedPost(session.url, '42["echo"', 40);
      await stage.arrived();
      post.close();
      await stage.reasonOf(session.id);
    },
  },
  {
    id: "http: a GET that is given up",
    run: async (stage) => {
      const session = await stage.session("a");
      const giveUp = new AbortController();
      const pending = session.get({ agent: false, signal: giveUp.signal }).catch((error) => error);
      await stage.arrived();
      giveUp.abort();
      await pending;
      await stage.reasonOf(session.id);
    },
  },
  {
    id: "http: the handshake with gzip accepted",
    run: (stage) => stage.http("a", POLLING, { headers: { "Accept-Encoding": "gzip" } }),
  },
  {
    id: "http: a big answer with gzip accepted",
    run: async (stage) => {
      const session = await stage.session("a");
      await session.post('420["big",5000]');
      const { status, headers } = await session.get({ headers: { "Accept-Encoding": "gzip" } });
      stage.note("a", `${status} ${headers["content-type"]} ${headers["content-encoding"]}`);
    },
  },
].map((script) => ({ ...script, over: ONCE }));

const HANDSHAKES = [
  [WEBSOCKET],
  [`${WEBSOCKET}&t=abc`],
  ["/socket.io/?EIO=3&transport=websocket"],
  ["/socket.io/?transport=websocket"],
  ["/socket.io/?EIO=4&transport=polling"],
  ["/socket.io/?EIO=4&transport=abc"],
  ["/socket.io/?EIO=4&transport=__proto__"],
  ["/socket.io/?EIO=4"],
  ["/socket.io/?EIO=4&transport=webtransport"],
  [`${WEBSOCKET}&sid=unknown`],
  [`${WEBSOCKET}&sid=`],
  ["/socket.io?EIO=4&transport=websocket"],
  [WEBSOCKET, { Origin: "http://app.example" }],
  [WEBSOCKET, { Origin: "http://evil.example" }],
  [WEBSOCKET, { "Sec-WebSocket-Version": "12" }],
  [WEBSOCKET, { "Sec-WebSocket-Key": "x" }],
  ["/socket.io/?EIO=3&transport=abc&sid=unknown"],
].map(([path, headers]) => ({
  id: `websocket handshake: ${path} ${headers ? JSON.stringify(headers) : ""}`.trim(),
  over: ["websocket"],
  run: (stage) => stage.webSocketAnswer("a", path, { headers }),
}));

/** Requests by hand: what is refused, and what the answers look like. */
export const http = [...requests, ...IN_SESSION, ...sessions, ...HANDSHAKES];
