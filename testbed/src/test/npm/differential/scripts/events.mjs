const EVENTS = [
  ["all types of JSON", '421["echo",null,true,false,0,-1.5,"",[],{},[1,[2]],{"a":{"b":null}}]'],
  ["no argument", '421["echo"]'],
  ["no argument and no ack", '42["echo"]'],
  ["many arguments", `421["echo",${Array.from({ length: 50 }, (_, i) => i)}]`],
  ["unicode", '421["echo","é ü ñ € 日本語 ‮ e\u0301 \u2028 \u2029"]'],
  ["astral characters", '421["echo","😀 👩‍👩‍👧 𝄞"]'],
  ["astral characters as a key", '421["echo",{"😀":"𝄞"}]'],
  ["control characters escaped", '421["echo","\\u0000 \\u0001 \\b\\f\\n\\r\\t \\u001f \u007f"]'],
  ["the record separator escaped", '421["echo","a\\u001eb"]'],
  ["an escaped pair of surrogates", '421["echo","\\ud83d\\ude00"]'],
  ["a lone surrogate escaped", '421["echo","\\ud800"]'],
  ["a lone low surrogate escaped", '421["echo","x\\udc00y"]'],
  ["escapes that need not be", '421["echo","\\u0041\\/"]'],
  ["space inside the JSON", '421["echo" , { "a" : [ 1 , 2 ] } ]'],
  ["a hundred levels of lists", `421["echo",${"[".repeat(100)}${"]".repeat(100)}]`],
  ["three hundred levels of objects", `421["echo",${'{"a":'.repeat(300)}1${"}".repeat(300)}]`],
  ["a thousand levels of lists", `421["echo",${"[".repeat(1000)}${"]".repeat(1000)}]`],
  ["safe integers", '421["echo",9007199254740991,-9007199254740991]'],
  ["integers beyond the safe ones", '421["echo",9007199254740993,12345678901234567890]'],
  ["fractions", '421["echo",0.1,1e-7,123456.789]'],
  ["numbers in another notation", '421["echo",1.0,1e2,-0,1E+2,0.10]'],
  ["numbers beyond a double", '421["echo",1e400,1e-400]'],
  ["a key twice", '421["echo",{"a":1,"a":2}]'],
  ["keys that objects have", '421["echo",{"__proto__":{"x":1},"constructor":1,"toString":2}]'],
  ["keys that are numbers, unsorted", '421["echo",{"b":1,"2":2,"1":3,"a":4}]'],
  ["a placeholder as data", '421["echo",{"_placeholder":true,"num":0}]'],
  ["a text that looks like a packet", '421["echo","42[1]","1-/x,2"]'],
  ["a hundred thousand characters", `421["echo","${"ü".repeat(100_000)}"]`],
  ["a number as event name", '42[1,"x"]'],
  ["a negative number as event name", '42[-1.5,"x"]'],
  ["an empty event name", '42["","x"]'],
  ["an event name from objects", '42["__proto__","x"]'],
  ["an event called message", '42["message","x"]'],
  ["an event called error", '42["error","x"]'],
  ["an event nobody listens to, with an ack", '421["nobody-listens",1]'],
  ["ack id 0", '420["echo","a"]'],
  ["an ack id with leading zeros", '42007["echo"]'],
  ["the largest safe ack id", '429007199254740991["echo"]'],
  ["an ack id beyond the safe ones", '429007199254740993["echo"]'],
  ["an ack id beyond a long", '4299999999999999999999["echo"]'],
  ["the namespace spelt out", '42/,1["echo",1]'],
  ["space before the JSON", '42 ["echo",1]'],
  ["space behind the JSON", '421["echo",1] '],
];

async function one(stage, packet) {
  const a = await stage.joined("a");
  a.send(packet);
}

const one42 = EVENTS.map(([what, packet]) => ({ id: `event: ${what}`, run: (stage) => one(stage, packet) }));

/** Events and what becomes of their arguments. */
export const events = [
  ...one42,
  {
    id: "event: names of all types",
    run: async (stage) => {
      const a = await stage.joined("a");
      await a.call("types", null, true, 1, 1.5, "s", [1], { a: 1 }, "", [], {});
    },
  },
  {
    id: "event: several in one payload keep their order",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send(...Array.from({ length: 40 }, (_, i) => `42["echo",${i}]`));
      a.send(...Array.from({ length: 40 }, (_, i) => `42["up",${i}]`));
      await a.call("up-report");
    },
  },
  {
    id: "event: a stream keeps its order",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("stream", 300, 20, 2);
      await a.take(300);
    },
  },
  {
    id: "event: big answers",
    run: async (stage) => {
      const a = await stage.joined("a");
      await a.call("big", 1000);
      await a.call("big", 900_000);
      await a.call("size", "x".repeat(500_000));
    },
  },
  {
    id: "event: volatile to a client that takes",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("volatile", 1);
      await a.until((packet) => packet.startsWith('42["vol-end"'));
    },
    over: ["websocket", "upgrade"],
  },
];
