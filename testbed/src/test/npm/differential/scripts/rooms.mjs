async function three(stage) {
  return [await stage.joined("a"), await stage.joined("b"), await stage.joined("c")];
}

async function settle(...clients) {
  for (const client of clients) await client.settle();
}

/** What a, b and c receive of one event by a; `rooms` says who is in which, by the names of clients. */
function heard(id, { rooms = {}, leaving = {}, emit }) {
  return {
    id: `rooms: ${id}`,
    run: async (stage) => {
      const [a, b, c] = await three(stage);
      const clients = { a, b, c };
      for (const [room, members] of Object.entries(rooms)) {
        for (const name of members) await clients[name].call("join", stage.room(room));
      }
      for (const [room, members] of Object.entries(leaving)) {
        for (const name of members) await clients[name].call("leave", stage.room(room));
      }
      await a.call(...emit(stage, clients));
      await settle(a, b, c);
    },
  };
}

const HEARD = [
  heard("to one", { rooms: { r: "ab" }, emit: (s) => ["to", [s.room("r")], [], "news", 1] }),
  heard("to one without the sender", { rooms: { r: "ab" }, emit: (s) => ["socket-to", [s.room("r")], [], "news", 1] }),
  heard("to one the sender is not in", { rooms: { r: "bc" }, emit: (s) => ["socket-to", [s.room("r")], [], "news", 1] }),
  heard("the union gets it once", {
    rooms: { r: "ab", s: "bc" },
    emit: (s) => ["to", [s.room("r"), s.room("s")], [], "news", { a: [1] }],
  }),
  heard("the same room twice", { rooms: { r: "ab" }, emit: (s) => ["to", [s.room("r"), s.room("r")], [], "news", 1] }),
  heard("except another", {
    rooms: { r: "abc", s: "b" },
    emit: (s) => ["to", [s.room("r")], [s.room("s")], "news", 1],
  }),
  heard("except several", {
    rooms: { r: "abc", s: "b", t: "c" },
    emit: (s) => ["to", [s.room("r")], [s.room("s"), s.room("t")], "news", 1],
  }),
  heard("except itself", { rooms: { r: "ab" }, emit: (s) => ["to", [s.room("r")], [s.room("r")], "news", 1] }),
  heard("except without the sender", {
    rooms: { r: "abc", s: "b" },
    emit: (s) => ["socket-to", [s.room("r")], [s.room("s")], "news", 1],
  }),
  heard("one that nobody is in", { emit: (s) => ["to", [s.room("empty")], [], "news", 1] }),
  heard("one that was left", { rooms: { r: "ab" }, leaving: { r: "b" }, emit: (s) => ["to", [s.room("r")], [], "news", 1] }),
  heard("to the room of an id", { emit: (s, { b }) => ["to", [b.id], [], "news", 1] }),
  heard("to the own id", { emit: (s, { a }) => ["to", [a.id], [], "news", 1] }),
  heard("to the own id without the sender", { emit: (s, { a }) => ["socket-to", [a.id], [], "news", 1] }),
  heard("except an id", { rooms: { r: "abc" }, emit: (s, { c }) => ["to", [s.room("r")], [c.id], "news", 1] }),
  heard("to everybody", { emit: (s) => ["to", [], [], s.toAll("news"), 1] }),
  heard("to everybody without the sender", { emit: (s) => ["socket-to", [], [], s.toAll("news"), 1] }),
  heard("to everybody except a room", { rooms: { r: "b" }, emit: (s) => ["to", [], [s.room("r")], s.toAll("news"), 1] }),
  heard("broadcast", { emit: (s) => ["broadcast", s.toAll("news"), { text: "ü😀" }] }),
  heard("an event without payload", { rooms: { r: "ab" }, emit: (s) => ["to", [s.room("r")], [], "news", null] }),
  heard("entered twice and left once", {
    rooms: { r: "bb" },
    leaving: { r: "b" },
    emit: (s) => ["to", [s.room("r")], [], "news", 1],
  }),
  heard("left without having entered", { leaving: { r: "b" }, emit: (s) => ["to", [s.room("r")], [], "news", 1] }),
];

/** a asks b and c for acks, who answer one after the other if they are in `answering`. */
function asked(id, { answering, ms, inRoom = "bc" }) {
  return {
    id: `broadcast with acks: ${id}`,
    run: async (stage) => {
      const [a, b, c] = await three(stage);
      const clients = { a, b, c };
      const room = stage.room("r");
      for (const name of inRoom) await clients[name].call("join", room);
      a.send(`42500["broadcast-ack","${room}",${ms},{"q":1}]`);
      for (const name of answering) await answerAndSettle(clients[name], name);
      await a.until((packet) => packet.startsWith("43500"));
      await settle(b, c);
    },
  };
}

async function answerAndSettle(client, name) {
  client.answer(await client.take(), `answer of ${name}`, "not the first");
  await client.settle();
}

/** Who is in which room, and who hears what. */
export const rooms = [
  ...HEARD,
  asked("all answer", { answering: "bc", ms: 5000 }),
  asked("the sender answers too", { answering: "abc", inRoom: "abc", ms: 5000 }),
  asked("one does not answer", { answering: "b", ms: 1000 }),
  asked("nobody answers", { answering: "", ms: 200 }),
  asked("nobody is there", { answering: "", inRoom: "", ms: 5000 }),
  {
    id: "rooms: those of a socket and their members",
    run: async (stage) => {
      const [a, b] = await three(stage);
      await a.call("rooms");
      for (const client of [a, b]) await client.call("join", stage.room("r"));
      await a.call("join", stage.room("s"));
      await a.call("rooms");
      await a.call("members", stage.room("r"));
      await a.call("members", stage.room("s"));
      await a.call("members", stage.room("empty"));
      await a.call("members", b.id);
    },
  },
  {
    id: "rooms: left by disconnecting",
    run: async (stage) => {
      const [a, b] = await three(stage);
      for (const client of [a, b]) await client.call("join", stage.room("r"));
      b.send("41");
      await stage.reasonOf(b.id);
      await a.call("members", stage.room("r"));
      await a.call("to", [stage.room("r"), b.id], [], "news", 1);
    },
  },
  {
    id: "rooms: leaving the room of the own id",
    run: async (stage) => {
      const [a, b] = await three(stage);
      await b.call("leave", b.id);
      await a.call("to", [b.id], [], "news", 1);
      await b.settle();
      await b.call("members", b.id);
    },
  },
  {
    id: "rooms: entering that of another's id",
    run: async (stage) => {
      const [a, b, c] = await three(stage);
      await c.call("join", b.id);
      await a.call("to", [b.id], [], "news", 1);
      await settle(b, c);
    },
  },
  {
    id: "rooms: entered and used at once",
    run: async (stage) => {
      const a = await stage.joined("a");
      const room = stage.room("r");
      a.send(`421["join","${room}"]`, `422["to",["${room}"],[],"news",1]`, `423["leave","${room}"]`, `424["to",["${room}"],[],"news",2]`);
      await a.take(5);
    },
  },
  {
    id: "rooms: many events keep their order",
    run: async (stage) => {
      const [a, b] = await three(stage);
      const room = stage.room("r");
      await b.call("join", room);
      a.send(...Array.from({ length: 60 }, (_, i) => `42${i}["to",["${room}"],[],"news",${i}]`));
      await a.take(60);
      await b.take(60);
    },
  },
];
