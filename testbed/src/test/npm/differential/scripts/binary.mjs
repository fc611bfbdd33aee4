const hole = (num) => `{"_placeholder":true,"num":${num}}`;
const BYTES = Buffer.from([0, 1, 2, 253, 254, 255]);
const PARTS = Array.from({ length: 11 }, (_, i) => Buffer.from([i, 255 - i]));

const ROUND_TRIPS = [
  ["one", `451-1["echo",${hole(0)}]`, BYTES],
  ["one without ack", `451-["echo",${hole(0)}]`, BYTES],
  ["none of its bytes", `451-1["echo",${hole(0)}]`, Buffer.alloc(0)],
  ["several and text between", `453-1["echo",${hole(0)},"x",${hole(1)},null,${hole(2)}]`, ...PARTS.slice(0, 3)],
  ["nested", `452-1["echo",{"a":[${hole(0)},{"b":${hole(1)}}],"c":1}]`, BYTES, Buffer.from([7])],
  ["named in another order", `452-1["echo",${hole(1)},${hole(0)}]`, ...PARTS.slice(0, 2)],
  ["ten", `4510-1["echo",${Array.from({ length: 10 }, (_, i) => hole(i))}]`, ...PARTS.slice(0, 10)],
  ["eleven", `4511-1["echo",${Array.from({ length: 11 }, (_, i) => hole(i))}]`, ...PARTS],
  ["types", `452-1["types",${hole(0)},{"a":${hole(1)}}]`, BYTES, BYTES],
  ["all byte values", `451-1["echo",${hole(0)}]`, Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
  ["a hundred thousand bytes", `451-1["echo",${hole(0)}]`, Buffer.alloc(100_000, 0xa5)],
  ["none announced", '450-1["echo","x"]'],
  ["none announced, then an event", '450-["echo","x"]', '42["echo","y"]'],
  ["one that no placeholder names", '451-1["echo","x"]', BYTES],
  ["one that two placeholders name", `451-1["echo",${hole(0)},${hole(0)}]`, BYTES],
  ["a placeholder out of range", `451-1["echo",${hole(1)}]`, BYTES],
  ["a negative placeholder", `451-1["echo",${hole(-1)}]`, BYTES],
  ["a placeholder that is a fraction", `451-1["echo",${hole(0.5)}]`, BYTES],
  ["a placeholder that is text", `451-1["echo",${hole('"0"')}]`, BYTES],
  ["a placeholder without a number", '451-1["echo",{"_placeholder":true}]', BYTES],
  ["a placeholder that is not true", '451-1["echo",{"_placeholder":1,"num":0}]', BYTES],
  ["a placeholder with another key", '451-1["echo",{"_placeholder":true,"num":0,"x":1}]', BYTES],
  ["text instead", `451-1["echo",${hole(0)}]`, '42["echo"]'],
  ["DISCONNECT instead", `451-1["echo",${hole(0)}]`, "41"],
  ["binary that nobody announced", BYTES],
  ["the name of the event as placeholder", `451-[${hole(0)}]`, BYTES],
  ["a number that is not one", '45x-["echo"]'],
  ["a negative number", '45-1-["echo"]'],
  ["a fraction of one", '451.5-["echo"]'],
  ["a number without an end", '451["echo"]'],
  ["a huge number", '4599999999999-["echo"]'],
];

/** Attachments: what is sent back and what is refused. */
export const binary = [
  ...ROUND_TRIPS.map(([what, ...packets]) => ({
    id: `binary: ${what}`,
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send(...packets);
      if (!(await a.settle())) await stage.reasonOf(a.id);
    },
  })),
  {
    id: "binary: one too many",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send(`451-1["echo",${hole(0)}]`, BYTES);
      await a.take(2);
      a.send(BYTES);
      await a.ended();
      await stage.reasonOf(a.id);
    },
  },
  {
    id: "binary: in another namespace",
    run: async (stage) => {
      const a = await stage.joined("a", { namespace: "/admin", auth: { token: "s3cret" } });
      a.send(`451-/admin,7["echo",${hole(0)}]`, BYTES);
      await a.take(2);
    },
  },
  {
    id: "binary: text and binary alternate",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("stream-bin", 20);
      await a.take(80);
    },
  },
  {
    id: "binary: an ack of the client",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("ask", 1);
      const asked = await a.take();
      const id = /\d+(?=\[)/.exec(asked.slice(2))[0];
      a.send(`461-${id}[${hole(0)}]`, BYTES);
      await a.take(2);
    },
  },
  {
    id: "binary: attachments in posts of their own",
    over: ["polling"],
    run: async (stage) => {
      const a = await stage.joined("a");
      await a.send(`452-1["echo",${hole(0)},${hole(1)}]`);
      await a.send(BYTES);
      await a.send(Buffer.from([1]));
      await a.take(3);
    },
  },
  {
    id: "binary: events of both kinds to a room",
    run: async (stage) => {
      const room = stage.room("r");
      const a = await stage.joined("a");
      const b = await stage.joined("b");
      await a.call("join", room);
      await b.call("join", room);
      a.send(`451-1["to",["${room}"],[],"news",${hole(0)}]`, BYTES);
      await a.take(3);
      await b.take(2);
    },
  },
];
