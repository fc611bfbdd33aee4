const VARY = "content-type: application/json; vary: Origin; ";
const CODE_3 = `400; ${VARY}{"code":3,"message":"Bad request"}`;
const CODE_1 = `400; ${VARY}{"code":1,"message":"Session ID unknown"}`;
const OK = "200; cache-control: no-store; content-type: text/html; vary: Origin; ok";
const OPEN =
  '200; cache-control: no-store; content-type: text/plain; charset=UTF-8; vary: Origin; 0{"sid":"<session 1>","upgrades":["websocket"],"pingInterval":1000,"pingTimeout":2000,"maxPayload":1000000}';
const ENDED = ["a: < 1", `a: = poll: ${CODE_1}`];
const ALLOWED_ORIGIN = "access-control-allow-credentials: true; access-control-allow-origin: http://app.example; ";
const METHODS = "access-control-allow-methods: GET,HEAD,PUT,PATCH,POST,DELETE; ";

/** Differences in every transcript of these scripts: what only the reference says, or only we. */
export const EVERYWHERE = [
  {
    scripts: /^(?!cors: |websocket handshake: )/,
    reference: /; access-control-allow-credentials: true(; access-control-allow-methods: [A-Z,]+)?; access-control-allow-origin: http:\/\/app\.example/,
    ours: "$1",
    why: "We allow an origin only to who asks with it; the reference names the one allowed origin in every answer.",
  },
];

function differ(why, scripts, reference, ours, over = ["polling"]) {
  return [scripts].flat().map((script) => ({ script, over, reference: [reference].flat(), ours: [ours].flat(), why }));
}

const BAD_PAYLOADS = [
  ...["engine packet: an unknown type", "engine packet: a letter as type", "engine packet: nothing", "engine packet: a ping"],
  "engine packet: a ping with data",
  ...["an empty body", "a good event, then an unknown type", "a separator alone", "a separator at the end"].map((what) => `malformed payload: ${what}`),
  ...["a separator at the begin", "two separators", "base64 that is none"].map((what) => `malformed payload: ${what}`),
];
const ANSWERED = `a: posts answered: ${OK}`;
const AND_REFUSED = [ANSWERED, `a: posts answered: ${CODE_3}`];
const BAD_POST = "A POST that ends the session is refused with an error; the reference says ok.";
const BASE64 = "Base64 has the standard alphabet and padding; the reference decodes what it can.";
const UNREADABLE = "app: <socket 1> was disconnected: parse error";
const HOLE = '{"_placeholder":true,"num":0}';

function refusedBase64(what, body, bytes) {
  const sent = `a: > POST 451-1["echo",${HOLE}]\\u{1e}${body}`;
  const script = `malformed payload: ${what}`;
  return [
    ...differ(BASE64, script, [sent, `a: < 461-1[${HOLE}]`, `a: < binary ${bytes}`], [sent, ...ENDED, UNREADABLE]),
    ...differ(BAD_POST, script, ANSWERED, AND_REFUSED),
  ];
}

const PAYLOADS = [
  ...differ(BAD_POST, BAD_PAYLOADS, ANSWERED, AND_REFUSED),
  ...differ(
    "A payload that cannot be decoded is a parse error at once; the reference finds an unannounced attachment.",
    "malformed payload: base64 that is none",
    "app: <socket 1> was disconnected: forced close",
    UNREADABLE,
  ),
  ...differ(
    "A binary message that nobody announced ends with a reason of its own, like all that Socket.IO cannot decode.",
    "malformed payload: empty base64",
    "app: <socket 1> was disconnected: forced close",
    UNREADABLE,
  ),
  ...refusedBase64("base64 of the URL alphabet", "b-_8=", "fbff"),
  ...refusedBase64("base64 with type and b of version 3", "b4AQID", "e00408"),
  ...differ(
    "A payload must be UTF-8; the reference replaces what is not.",
    "malformed payload: bytes that are no UTF-8",
    ["a: > POST binary 34325b226563686f222c22ff225d", 'a: < 42["echo","\ufffd"]'],
    ["a: > POST binary 34325b226563686f222c22ff225d", ...ENDED, UNREADABLE],
  ),
];

const paths = ["/socket.io?EIO=4&transport=polling", "/socket.iox/?EIO=4&transport=polling", "//socket.io/?EIO=4&transport=polling"];
const NOT_FOUND = [...paths, "/SOCKET.IO/?EIO=4&transport=polling", "/engine.io/?EIO=4&transport=polling", "/"].map((path) => `http: GET ${path}`);
const EMPTY_SID = "An empty sid is a sid that nobody has; the reference takes it for none.";

const REQUESTS = [
  ...differ(
    "What is not found outside of our path is the app's own answer in the reference.",
    [...NOT_FOUND, "cors: another path"],
    "a: 404; ",
    "a: 404; content-type: text/plain; charset=utf-8; Not Found",
  ),
  ...differ(EMPTY_SID, "http: GET /socket.io/?EIO=4&transport=polling&sid=", `a: ${OPEN}`, `a: ${CODE_1}`),
  ...differ(
    EMPTY_SID,
    "http: POST /socket.io/?EIO=4&transport=polling&sid=",
    `a: 400; ${VARY}{"code":2,"message":"Bad handshake method"}`,
    `a: ${CODE_1}`,
  ),
  ...differ(
    "There is no JSONP, which no browser of today needs and which lets every page read: it is refused.",
    "http: GET /socket.io/?EIO=4&transport=polling&j=0",
    `a: ${OPEN.replace(/0\{.*/, (json) => `___eio[0](${JSON.stringify(json)});`)}`,
    `a: ${CODE_3}`,
  ),
  ...differ("The error of a request has a body that says it.", "http in a session: a POST as octet-stream", "a: 400; vary: Origin; ", `a: ${CODE_3}`),
  ...differ(
    "The error of a request has a body that says it.",
    ["http: a second GET while one waits", "http: a second POST while one is read"],
    "a: 400; vary: Origin; ",
    `a: ${CODE_3}`,
  ),
  ...differ(BAD_POST, ["http in a session: a POST as form", "http in a session: a POST without a body"], `a: ${OK}`, `a: ${CODE_3}`),
  ...differ(
    "An empty answer has a content type like others.",
    ["a PUT", "a DELETE", "a PATCH", "a HEAD"].map((what) => `http in a session: ${what}`),
    "a: 500; vary: Origin; ",
    "a: 500; content-type: text/plain; vary: Origin; ",
  ),
  ...differ(
    "The first sid counts; the reference takes two for a list that nobody is called by.",
    "http in a session: a GET with sid twice",
    `a: ${CODE_1}`,
    "a: 200; cache-control: no-store; content-type: text/plain; charset=UTF-8; vary: Origin; 2",
  ),
  ...differ(
    "The POST that was first is answered as well; the reference drops its connection.",
    "http: a second POST while one is read",
    "a: first POST: dropped",
    "a: first POST: 400",
  ),
];

const FOREIGN = ["http://evil.example", "https://app.example", "http://app.example:80", "null", "HTTP://APP.EXAMPLE"];
const NOT_NAMED = "Another origin learns nothing of the allowed one; browsers compare and refuse in both cases.";
const PREFLIGHT = ["access-control-allow-headers: content-type,x-a; ", "vary: Origin, Access-Control-Request-Headers; "];
const [ASKED, VARIES] = PREFLIGHT;

const CORS = [
  ...FOREIGN.flatMap((origin) => [
    ...differ(NOT_NAMED, `cors: a handshake of ${origin}`, `a: ${OPEN.replace("; ", `; ${ALLOWED_ORIGIN}`)}`, `a: ${OPEN}`),
    ...differ(
      NOT_NAMED,
      `cors: a preflight of ${origin}`,
      `a: 204; access-control-allow-credentials: true; ${ASKED}${METHODS}access-control-allow-origin: http://app.example; ${VARIES}`,
      `a: 204; ${ASKED}${METHODS}${VARIES}`,
    ),
  ]),
  ...differ(
    "An empty answer has a content type like others.",
    "cors: polls and posts of http://app.example",
    `a: 500; ${ALLOWED_ORIGIN}vary: Origin; `,
    "a: 500; access-control-allow-credentials: true; access-control-allow-origin: http://app.example; content-type: text/plain; vary: Origin; ",
  ),
  ...["a: 200; cache-control: no-store; content-type: text/html; vary: Origin; ok", "a: 413; vary: Origin; "].flatMap((line) =>
    differ(NOT_NAMED, "cors: polls and posts of http://evil.example", line.replace("; ", `; ${ALLOWED_ORIGIN}`), line),
  ),
  ...differ(
    NOT_NAMED,
    "cors: polls and posts of http://evil.example",
    `a: 200; ${ALLOWED_ORIGIN}cache-control: no-store; content-type: text/plain; charset=UTF-8; vary: Origin; 430[1]`,
    "a: 200; cache-control: no-store; content-type: text/plain; charset=UTF-8; vary: Origin; 430[1]",
  ),
  ...differ(
    NOT_NAMED,
    "cors: polls and posts of http://evil.example",
    `a: 500; ${ALLOWED_ORIGIN}vary: Origin; `,
    "a: 500; content-type: text/plain; vary: Origin; ",
  ),
];

/** Differences of requests and of WebSocket handshakes on purpose, and gaps. */
export const HTTP = [...PAYLOADS, ...REQUESTS, ...CORS];
