const POLLING = "/socket.io/?EIO=4&transport=polling";
const ORIGINS = ["http://app.example", "http://evil.example", "https://app.example", "http://app.example:80", "null", "HTTP://APP.EXAMPLE"];

const HANDSHAKES = ORIGINS.map((origin) => ({
  id: `cors: a handshake of ${origin}`,
  run: (stage) => stage.http("a", POLLING, { headers: { Origin: origin } }),
}));

const PREFLIGHTS = ORIGINS.map((origin) => ({
  id: `cors: a preflight of ${origin}`,
  run: (stage) =>
    stage.http("a", POLLING, {
      method: "OPTIONS",
      headers: { Origin: origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,x-a" },
    }),
}));

const OTHERS = [
  ["a preflight without asked headers", "OPTIONS", POLLING, { "Access-Control-Request-Method": "GET" }],
  ["a preflight of an unknown session", "OPTIONS", `${POLLING}&sid=unknown`, { "Access-Control-Request-Method": "POST" }],
  ["a preflight of an unknown transport", "OPTIONS", "/socket.io/?transport=abc", { "Access-Control-Request-Method": "POST" }],
  ["a preflight for a private network", "OPTIONS", POLLING, { "Access-Control-Request-Method": "GET", "Access-Control-Request-Private-Network": "true" }],
  ["an OPTIONS that is no preflight", "OPTIONS", POLLING, {}],
  ["the error of an unknown transport", "GET", "/socket.io/?EIO=4&transport=abc", {}],
  ["the error of an unknown session", "GET", `${POLLING}&sid=unknown`, {}],
  ["the error of a bad method", "POST", POLLING, {}],
  ["the error of version 3", "GET", "/socket.io/?EIO=3&transport=polling", {}],
  ["another path", "GET", "/other", {}],
].map(([what, method, path, headers]) => ({
  id: `cors: ${what}`,
  run: (stage) => stage.http("a", path, { method, headers: { Origin: "http://app.example", ...headers } }),
}));

const IN_SESSION = ORIGINS.slice(0, 2).map((origin) => ({
  id: `cors: polls and posts of ${origin}`,
  run: async (stage) => {
    const headers = { Origin: origin };
    const session = await stage.session("a", { headers });
    await stage.exchange("a", "POST", session.post('420["echo",1]', { headers }));
    await stage.exchange("a", "GET", session.get({ headers }));
    await stage.exchange("a", "POST too large", session.post("4".repeat(1_000_001), { headers }));
    await stage.exchange("a", "PUT", session.get({ method: "PUT", headers }));
  },
}));

/** Which origins may read what. */
export const cors = [...HANDSHAKES, ...PREFLIGHTS, ...OTHERS, ...IN_SESSION].map((script) => ({ ...script, over: ["polling"] }));
