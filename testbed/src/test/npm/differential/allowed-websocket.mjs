const PATH = "/socket.io/?EIO=4&transport=websocket";
const CUT = 'a: = WebSocket closed: 1006 ""';

function refusal(text) {
  return `a: = 400; content-type: text/html; vary: Origin; connection: close; ${text}`;
}

function differ(why, script, reference, ours) {
  return { script, over: ["websocket"], reference: [reference].flat(), ours: [ours].flat(), why };
}

function handshake(why, path, reference, ours) {
  const said = `a: WebSocket ${path}`;
  return differ(why, `websocket handshake: ${path}`, [said, reference].flat(), [said, ours].flat());
}

const VARIES = [
  ["/socket.io/?EIO=4&transport=abc", "Transport unknown"],
  ["/socket.io/?EIO=4&transport=__proto__", "Transport unknown"],
  ["/socket.io/?EIO=4", "Transport unknown"],
  ["/socket.io/?EIO=4&transport=webtransport", "Transport unknown"],
  [`${PATH}&sid=unknown`, "Session ID unknown"],
  ["/socket.io/?EIO=3&transport=abc&sid=unknown", "Transport unknown"],
].map(([path, text]) => {
  const reference = refusal(text).replace("vary: Origin; ", "");
  return handshake("The refusal of a WebSocket varies by origin, because origins may be refused.", path, reference, refusal(text));
});

const EARLY = "We refuse before the switch to WebSocket, with a text; the reference closes after it.";
const FOREIGN = `${PATH} {"Origin":"http://evil.example"}`;
const FIRST = '0{"sid":"<session 1>","upgrades":[],"pingInterval":1000,"pingTimeout":2000,"maxPayload":1000000}';

const HANDSHAKES = [
  ...VARIES,
  handshake(EARLY, "/socket.io/?EIO=3&transport=websocket", CUT, refusal("Unsupported protocol version")),
  handshake(EARLY, "/socket.io/?transport=websocket", CUT, refusal("Unsupported protocol version")),
  handshake(EARLY, "/socket.io/?EIO=4&transport=polling", 'a: = WebSocket closed: 1005 ""', refusal("Bad request")),
  handshake(
    "An empty sid is a sid that nobody has; the reference takes it for none.",
    `${PATH}&sid=`,
    `a: < ${FIRST}`,
    refusal("Session ID unknown"),
  ),
  handshake(
    "What is not found outside of our path is answered; the reference leaves it to others and cuts the connection.",
    "/socket.io?EIO=4&transport=websocket",
    CUT,
    "a: = 404; content-type: text/plain; charset=utf-8; connection: undefined; Not Found",
  ),
  handshake(
    "A page of another origin may not connect by WebSocket either; the reference does not look at its origin.",
    FOREIGN,
    `a: < ${FIRST}`,
    refusal("Forbidden"),
  ),
];

/** Differences of WebSockets on purpose. */
export const WEBSOCKET = HANDSHAKES;
