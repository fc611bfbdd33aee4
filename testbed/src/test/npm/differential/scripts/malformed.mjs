/** Packets of Socket.IO, each sent by a client that has joined. */
const PACKETS = [
  ["no type", "4"],
  ["type 7", "47"],
  ["type 9", '49["echo"]'],
  ["a letter as type", "4x"],
  ["a negative type", '4-1["echo"]'],
  ["an event without arguments", "42"],
  ["an empty list", "42[]"],
  ["an object for an event", '42{"a":1}'],
  ["text for an event", '42"echo"'],
  ["null for an event", "42null"],
  ["an ack id and nothing else", "421"],
  ["JSON that ends too soon", '42["echo",'],
  ["JSON that goes on", '42["echo"]]'],
  ["two values", '42["echo"]["echo"]'],
  ["a trailing comma", '42["echo",]'],
  ["a comment", '42["echo"/*x*/]'],
  ["single quotes", "42['echo']"],
  ["NaN", '42["echo",NaN]'],
  ["a number with a leading zero", '42["echo",01]'],
  ["a plus", '42["echo",+1]'],
  ["a bare tab in a text", '42["echo","\t"]'],
  ["a bad escape", '42["echo","\\x"]'],
  ["a short unicode escape", '42["echo","\\u12"]'],
  ["null as event name", "42[null]"],
  ["true as event name", "42[true]"],
  ["a list as event name", "42[[]]"],
  ["an object as event name", '42[{"a":1}]'],
  ...["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"].map((name) => [
    `the reserved event ${name}`,
    `42["${name}",1]`,
  ]),
  ["a binary event with a reserved name", '450-["disconnect"]'],
  ["a DISCONNECT with payload", '41{"a":1}'],
  ["a DISCONNECT with text", '41"x"'],
  ["an ack without an id", "43[1]"],
  ["an ack without payload", "431"],
  ["an ack with an object", '431{"a":1}'],
  ["an ack with text", '431"x"'],
  ["an ack nobody waits for", "43999[1]"],
  ["an ack with an id beyond a long", "4399999999999999999999[1]"],
  ["a CONNECT_ERROR without payload", "44"],
  ["a CONNECT_ERROR with a list", "44[]"],
  ["only a namespace", "42/"],
  ["a namespace without an end", '42/admin["echo"]'],
];

/** CONNECT packets, each the first of its connection. */
const CONNECTS = [
  ["a list as auth", "40[]"],
  ["text as auth", '40"x"'],
  ["a number as auth", "401"],
  ["null as auth", "40null"],
  ["broken JSON as auth", '40{"a":'],
  ["an ack id", "4012{}"],
];

/** Engine.IO packets, each sent on a connection that has joined. */
const ENGINE = [
  ["an unknown type", "7x"],
  ["a letter as type", "x"],
  ["nothing", ""],
  ["an OPEN", "0"],
  ["an OPEN with data", '0{"sid":"x"}'],
  ["a ping", "2"],
  ["a ping with data", "2probe"],
  ["a pong that nobody asked for", "3"],
  ["a pong with data", "3probe"],
  ["an UPGRADE", "5"],
  ["a NOOP", "6"],
  ["a CLOSE", "1"],
  ["a CLOSE, then an event", ["1", '42["echo",1]']],
];

function whatBecomesOf(prefix, table) {
  return table.map(([what, packets]) => ({
    id: `${prefix}: ${what}`,
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send(...[packets].flat());
      if (!(await a.settle())) await stage.reasonOf(a.id);
    },
  }));
}

const connects = CONNECTS.map(([what, packet]) => ({
  id: `malformed CONNECT: ${what}`,
  run: async (stage) => {
    const a = await stage.raw("a");
    a.send(packet);
    if (await a.until((found) => found.startsWith("42"))) a.joined.push("/");
  },
}));

/** Payloads of POSTs. */
const BODIES = [
  ["an empty body", ""],
  ["a good event, then an unknown type", '42["echo",1]\x1e9\x1e42["echo",2]'],
  ["a separator alone", "\x1e"],
  ["a separator at the end", '42["echo",1]\x1e'],
  ["a separator at the begin", '\x1e42["echo",1]'],
  ["two separators", '42["echo",1]\x1e\x1e42["echo",2]'],
  ["base64 that is none", "b!!!"],
  ["empty base64", "b"],
  ["base64 without padding", '451-1["echo",{"_placeholder":true,"num":0}]\x1ebAQ'],
  ["base64 of the URL alphabet", '451-1["echo",{"_placeholder":true,"num":0}]\x1eb-_8='],
  ["base64 with type and b of version 3", '451-1["echo",{"_placeholder":true,"num":0}]\x1eb4AQID'],
  ["the length of version 3", '12:42["echo",1]'],
  ["bytes that are no UTF-8", Buffer.from([0x34, 0x32, 0x5b, 0x22, 0x65, 0x63, 0x68, 0x6f, 0x22, 0x2c, 0x22, 0xff, 0x22, 0x5d])],
];

const bodies = BODIES.map(([what, body]) => ({
  id: `malformed payload: ${what}`,
  over: ["polling"],
  run: async (stage) => {
    const a = await stage.joined("a");
    a.post(body);
    if (!(await a.settle())) await stage.reasonOf(a.id);
  },
}));

/** What no client of good will sends. */
export const malformed = [
  ...whatBecomesOf("malformed packet", PACKETS),
  ...connects,
  ...whatBecomesOf("engine packet", ENGINE),
  ...bodies,
];
