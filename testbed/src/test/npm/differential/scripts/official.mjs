const TOKEN = { token: "s3cret" };

/** What users of socket.io-client see. */
export const official = [
  { id: "client: connects", run: (stage) => stage.ready("a") },
  { id: "client: connects with auth", run: (stage) => stage.ready("a", { auth: { a: [1, "ü"] } }) },
  { id: "client: connects with a query", run: async (stage) => (await stage.ready("a", { query: { color: "red" } })).call("whoami") },
  ...[
    ["an unknown namespace", { namespace: "/nobody" }],
    ["a refusal with data", { namespace: "/admin", auth: { token: "wrong" } }],
  ].map(([what, options]) => ({
    id: `client: ${what}`,
    run: async (stage) => {
      const a = stage.official("a", options);
      await a.take();
      a.note(`active ${a.socket.active}`);
    },
  })),
  {
    id: "client: two namespaces on one connection",
    run: async (stage) => {
      const a = await stage.ready("a");
      const admin = a.socket.io.socket("/admin", { auth: TOKEN });
      a.listen(admin, "admin: ");
      await a.take(2);
      await a.callOn(admin, "whoami");
      admin.disconnect();
      await a.take();
      await a.call("echo", 1);
    },
  },
  ...[
    ["values of all types", [null, true, 1.5, "ü😀", [1, [2]], { a: { b: null } }]],
    ["binary", [Buffer.from([0, 255]), { a: [Buffer.from([1])] }]],
    ["nothing", []],
    ["a date and undefined", [new Date(0), undefined, { a: undefined }]],
    ["a lone surrogate", ["\ud800"]],
  ].map(([what, values]) => ({
    id: `client: echoes ${what}`,
    run: async (stage) => {
      const a = await stage.ready("a");
      await a.call("echo", ...values);
      a.emit("echo", ...values);
      await a.take();
    },
  })),
  {
    id: "client: acks in time and too late",
    run: async (stage) => {
      const a = await stage.ready("a");
      await a.callOn(a.socket.timeout(5000), "echo", 1);
      await a.callOn(a.socket.timeout(100), "ignore", 1);
    },
  },
  {
    id: "client: emits with retries",
    run: async (stage) => {
      const a = await stage.ready("a", { retries: 2, ackTimeout: 5000 });
      await a.call("echo", "once");
    },
  },
  {
    id: "client: answers a question",
    run: async (stage) => {
      const a = await stage.ready("a");
      a.socket.on("question", (...args) => args.pop()("answer", args.length));
      a.emit("ask", 1, 2);
      await a.take(2);
    },
  },
  {
    id: "client: what it emits before it is connected arrives in order",
    run: async (stage) => {
      const a = stage.official("a");
      for (let i = 0; i < 20; i++) a.socket.emit("echo", i);
      await a.take(22);
    },
  },
  {
    id: "client: a stream during the upgrade",
    run: async (stage) => {
      const a = stage.official("a");
      a.socket.emit("stream", 300, 10, 3);
      await a.take(302);
    },
  },
  {
    id: "client: disconnects",
    run: async (stage) => {
      const a = await stage.ready("a");
      a.socket.disconnect();
      await a.take();
      await stage.reasonOf(a.id);
    },
  },
  {
    id: "client: connects again after it has disconnected",
    run: async (stage) => {
      const a = await stage.ready("a");
      a.socket.disconnect();
      await a.take();
      a.socket.connect();
      await a.take(2);
    },
  },
  {
    id: "client: its engine is closed",
    run: async (stage) => {
      const a = await stage.ready("a");
      a.socket.io.engine.close();
      await a.take();
      await stage.reasonOf(a.id);
    },
  },
  ...[
    ["kicked", ["kick", false]],
    ["kicked with its connection", ["kick", true]],
    ["killed", ["kill"]],
  ].map(([what, event]) => ({
    id: `client: is ${what}`,
    run: async (stage) => {
      const a = await stage.ready("a");
      a.emit(...event);
      await a.take();
      await stage.reasonOf(a.id);
      a.note(`active ${a.socket.active}`);
    },
  })),
  {
    id: "client: connects again by itself after it was killed",
    run: async (stage) => {
      const a = await stage.ready("a", { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 40 });
      a.emit("kill");
      await a.take(3);
      await stage.reasonOf(a.id);
    },
  },
  {
    id: "client: is killed for a second CONNECT",
    run: async (stage) => {
      const a = await stage.ready("a");
      a.socket.io.engine.write("0");
      await a.take();
      await stage.reasonOf(a.id);
    },
  },
  {
    id: "client: hears others in a room",
    run: async (stage) => {
      const [a, b] = [await stage.ready("a"), await stage.ready("b")];
      const room = stage.room("r");
      await b.call("join", room);
      await a.call("to", [room], [], "news", { n: 1 });
      await b.take();
      await b.call("leave", room);
      await a.call("to", [room], [], "news", { n: 2 });
    },
  },
  {
    id: "client: an app asks a room for acks",
    run: async (stage) => {
      const [a, b] = [await stage.ready("a"), await stage.ready("b")];
      const room = stage.room("r");
      await b.call("join", room);
      b.socket.on("poll", (payload, ack) => ack(payload.q + 1));
      await a.call("broadcast-ack", room, 5000, { q: 1 });
    },
  },
];
