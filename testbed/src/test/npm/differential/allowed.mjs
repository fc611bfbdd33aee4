import { TRANSPORTS } from "../lib/env.mjs";
import { HTTP } from "./allowed-http.mjs";
import { WEBSOCKET } from "./allowed-websocket.mjs";

const CONNECT = 'a: < 42["welcome",{"id":"<socket 1>","auth":{}}]';
const UNKNOWN = 'a: = poll: 400; content-type: application/json; vary: Origin; {"code":1,"message":"Session ID unknown"}';
const CLOSED = 'a: = WebSocket closed: 1005 ""';
const FORCED = "app: <socket 1> was disconnected: forced close";
const UNREADABLE = "app: <socket 1> was disconnected: parse error";
const END = { polling: ["a: < 1", UNKNOWN], websocket: [CLOSED], upgrade: [CLOSED] };
const hole = (num) => `{"_placeholder":true,"num":${num}}`;
const BYTES = "binary 000102fdfeff";

/** A difference of these scripts: where the reference has the first lines we have the second. */
function differ(why, scripts, reference, ours, over = TRANSPORTS) {
  return [scripts].flat().map((script) => ({ script, over, reference: [reference].flat(), ours: [ours].flat(), why }));
}

/** We close the connection at the `anchor`, where the reference says what is `instead`. */
function close(why, script, anchor, { instead = [], reason = [UNREADABLE], over = TRANSPORTS } = {}) {
  return over.flatMap((transport) => differ(why, script, [anchor, ...instead], [anchor, ...END[transport], ...reason], [transport]));
}

/** The reference closes at the `anchor`, where we say what is `instead`. */
function serve(why, script, anchor, instead) {
  return TRANSPORTS.flatMap((transport) => differ(why, script, [anchor, ...END[transport], FORCED], [anchor, ...instead], [transport]));
}

const OF_ITS_OWN =
  "A packet of Socket.IO that cannot be decoded ends with a reason of its own that no recovery follows; the reference says the same as of a close by the app.";
const UNDECODABLE = [
  ...["eleven", "a placeholder out of range", "a negative placeholder", "a placeholder that is text", "a placeholder without a number"],
  ...["text instead", "DISCONNECT instead", "binary that nobody announced", "the name of the event as placeholder", "one too many"],
  ...["a number that is not one", "a negative number", "a fraction of one", "a number without an end", "a huge number"],
  ...["none announced", "none announced, then an event"],
].map((what) => `binary: ${what}`);
const MALFORMED = [
  ...["no type", "type 7", "type 9", "a letter as type", "a negative type", "an empty list", "an object for an event"],
  ...["text for an event", "null for an event", "JSON that ends too soon", "JSON that goes on", "two values", "a trailing comma"],
  ...["a comment", "single quotes", "NaN", "a number with a leading zero", "a plus", "a bare tab in a text", "a bad escape"],
  ...["a short unicode escape", "null as event name", "true as event name", "a list as event name", "an object as event name"],
  ...["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"].map((name) => `the reserved event ${name}`),
  ...["a binary event with a reserved name", "a DISCONNECT with payload", "a DISCONNECT with text", "an ack with an object"],
  ...["an ack with text", "a CONNECT_ERROR without payload", "a CONNECT_ERROR with a list", "a namespace without an end"],
].map((what) => `malformed packet: ${what}`);

const STRICT = "The reference validates a payload only if there is one, and an id only where it needs one; we refuse the packet.";
const REFUSED = [
  ["an event without arguments", "42"],
  ["an ack id and nothing else", "421"],
  ["an ack without an id", "43[1]"],
  ["an ack without payload", "431"],
  ["only a namespace", "42/"],
];

const NUMBERS = "The app's values are Java's: an int stays exact, a double is written as Java writes it, which is the same number.";
const LONG_IDS = "Ids are whole numbers of 64 bits here; in the reference they are doubles, which answers another id than was asked.";
const EXACT = "A placeholder has two members and is used once; what else the reference makes of it hides a mistake.";
const ECHO = `a: > 451-1["echo",`;

/** Differences on purpose. Each must be there: a script that agrees again makes its row fail. */
export const ALLOWED = [
  ...differ(OF_ITS_OWN, [...UNDECODABLE, ...MALFORMED], FORCED, UNREADABLE),
  ...differ(OF_ITS_OWN, "websocket: a binary message that is empty and unannounced", FORCED, UNREADABLE, ["websocket", "upgrade"]),
  ...REFUSED.flatMap(([what, packet]) => close(STRICT, `malformed packet: ${what}`, `a: > ${packet}`)),
  ...close(
    STRICT,
    "malformed CONNECT: a number as auth",
    "a: > 401",
    { instead: ['a: < 40{"sid":"<socket 1>"}', CONNECT], reason: [] },
  ),
  ...close(
    STRICT,
    "malformed CONNECT: an ack id",
    "a: > 4012{}",
    { instead: ['a: < 40{"sid":"<socket 1>"}', CONNECT], reason: [] },
  ),
  ...differ(LONG_IDS, "event: an ack id beyond a long", "a: < 43100000000000000000000[]", 'a: < 42["echo"]'),
  ...differ(LONG_IDS, "event: an ack id beyond the safe ones", "a: < 439007199254740992[]", "a: < 439007199254740993[]"),
  ...differ(
    "A space is no digit of an ack id, so that no ack is asked; the reference reads id 0.",
    "event: space before the JSON",
    "a: < 430[1]",
    'a: < 42["echo",1]',
  ),
  ...close(
    "JSON may be 512 levels deep.",
    "event: a thousand levels of lists",
    `a: > 421["echo",${"[".repeat(49)}… (2012 characters, sha256 7f7cbf70295ca298)`,
    { instead: [`a: < 431${"[".repeat(57)}… (2005 characters, sha256 85920031af8f8ed2)`], reason: [] },
  ),
  ...differ(
    "Escapes of two letters and of six are the same text.",
    "event: control characters escaped",
    'a: < 431["\\u0000 \\u0001 \\b\\f\\n\\r\\t \\u001f \\u{7f}"]',
    'a: < 431["\\u0000 \\u0001 \\u0008\\u000c\\n\\r\\t \\u001f \\u{7f}"]',
  ),
  ...differ(
    NUMBERS,
    "event: integers beyond the safe ones",
    "a: < 431[9007199254740992,12345678901234567000]",
    "a: < 431[9007199254740993,12345678901234567890]",
  ),
  ...differ(NUMBERS, "event: fractions", "a: < 431[0.1,1e-7,123456.789]", "a: < 431[0.1,1.0E-7,123456.789]"),
  ...differ(NUMBERS, "event: numbers beyond a double", "a: < 431[null,0]", "a: < 431[null,0.0]"),
  ...differ(NUMBERS, "event: numbers in another notation", "a: < 431[1,100,0,100,0.1]", "a: < 431[1.0,100.0,0,100.0,0.1]"),
  ...differ(
    "Members keep their order; JavaScript puts those with numbers as names first.",
    "event: keys that are numbers, unsorted",
    'a: < 431[{"1":3,"2":2,"b":1,"a":4}]',
    'a: < 431[{"b":1,"2":2,"1":3,"a":4}]',
  ),
  ...[
    [`${hole(0)},${hole(0)}]`, "one that two placeholders name", [`a: < 462-1[${hole(0)},${hole(1)}]`, `a: < ${BYTES}`, `a: < ${BYTES}`]],
    [`${hole(0.5)}]`, "a placeholder that is a fraction", ["a: < 431[null]"]],
    ['{"_placeholder":true,"num":0,"x":1}]', "a placeholder with another key", [`a: < 461-1[${hole(0)}]`, `a: < ${BYTES}`]],
  ].flatMap(([rest, what, instead]) =>
    TRANSPORTS.flatMap((transport) =>
      differ(
        EXACT,
        `binary: ${what}`,
        [ECHO + rest, `a: > ${BYTES}`, ...instead],
        [ECHO + rest, `a: > ${BYTES}`, ...END[transport], UNREADABLE],
        [transport],
      ),
    ),
  ),
  ...differ(
    "The room of the own id is never left, so that a socket can always be reached by it.",
    "rooms: leaving the room of the own id",
    ['b: > 423["members","<socket 2>"]', "b: < 433[[]]"],
    ['b: < 42["news",1]', 'b: > 423["members","<socket 2>"]', 'b: < 433[["<socket 2>"]]'],
  ),
  ...["engine packet: a CLOSE", "end: the client says CLOSE"].flatMap((script) =>
    close("CLOSE ends the connection on either transport; the reference ignores it on a WebSocket.", script, "a: > 1", {
      reason: ["app: <socket 1> was disconnected: transport close"],
      over: ["websocket", "upgrade"],
    }),
  ),
  ...close(
    "CLOSE ends the connection on either transport; the reference ignores it on a WebSocket.",
    "engine packet: a CLOSE, then an event",
    'a: > 42["echo",1]',
    { instead: ['a: < 42["echo",1]'], reason: ["app: <socket 1> was disconnected: transport close"], over: ["websocket", "upgrade"] },
  ),
  ...differ(
    "The first of two packets counts; the reference handles DISCONNECT a tick later than CLOSE.",
    "end: the client says DISCONNECT and CLOSE",
    "app: <socket 1> was disconnected: transport close",
    "app: <socket 1> was disconnected: client namespace disconnect",
    ["polling"],
  ),
  ...HTTP,
  ...WEBSOCKET,
];
