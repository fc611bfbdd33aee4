const TOKEN = { token: "s3cret" };

/** Connecting to namespaces and leaving them. */
export const connect = [
  { id: "connect: plain", run: (stage) => stage.joined("a") },
  {
    id: "connect: with auth",
    run: (stage) => stage.joined("a", { auth: { token: "x", nested: { list: [1, null, "ü€😀"] }, empty: {} } }),
  },
  { id: "connect: with an empty auth", run: (stage) => stage.joined("a", { auth: {} }) },
  {
    id: "connect: whoami knows handshake and transport",
    run: async (stage) => {
      const a = await stage.joined("a", { query: "&color=dark%20red", auth: { k: 1 } });
      await a.call("whoami");
    },
  },
  {
    id: "connect: a query parameter twice",
    run: async (stage) => {
      const a = await stage.joined("a", { query: "&colour=1&color=red" });
      await a.call("whoami");
    },
  },
  ...[
    ["an unknown namespace", "40/nobody,"],
    ["an unknown namespace with auth", '40/nobody,{"token":"x"}'],
    ["an unknown namespace without a comma", "40/nobody"],
    ["a namespace with a query", "40/nobody?a=1,"],
    ["a namespace that differs by case", "40/ADMIN,"],
    ["a namespace with a slash at the end", "40/admin/,"],
    ["a namespace named like a property", "40/__proto__,"],
    ["the middleware's refusal with data", "40/admin,"],
    ["the middleware's refusal of an auth", '40/admin,{"token":"wrong"}'],
    ["the middleware's refusal without a comma", "40/admin"],
  ].map(([what, packet]) => ({
    id: `connect: ${what}`,
    run: async (stage) => {
      const a = await stage.raw("a");
      a.send(packet);
      await a.take();
      await a.join();
    },
  })),
  ...[
    ["a dynamic namespace", "/dyn-7"],
    ["another dynamic namespace", "/dyn-0012"],
  ].map(([what, namespace]) => ({
    id: `connect: ${what}`,
    run: async (stage) => {
      const a = await stage.joined("a", { namespace, auth: { a: 1 } });
      await a.call("whoami");
      await a.join();
    },
  })),
  ...["/dyn-", "/dyn-x", "/dyn-1x", "/xdyn-1", "/dyn-1/2"].map((namespace) => ({
    id: `connect: ${namespace}, which no dynamic namespace is called`,
    run: async (stage) => {
      const a = await stage.raw("a");
      a.send(`40${namespace},`);
      await a.take();
    },
  })),
  {
    id: "connect: refused, then accepted on the same connection",
    run: async (stage) => {
      const a = await stage.raw("a");
      a.send("40/admin,");
      await a.take();
      await a.join("/admin", TOKEN);
    },
  },
  {
    id: "connect: the slash spelt out",
    run: async (stage) => {
      const a = await stage.raw("a");
      a.send("40/,");
      await a.take(2);
    },
  },
  {
    id: "namespaces: two on one connection",
    run: async (stage) => {
      const a = await stage.joined("a");
      await a.join("/admin", TOKEN);
      for (const packet of ['42["echo","main"]', '42/admin,["echo","admin"]', '42/admin,5["echo",1]', '425["echo",2]']) {
        a.send(packet);
        await a.take();
      }
      a.send('421["whoami"]');
      await a.take();
      a.send('42/admin,1["whoami"]');
      await a.take();
    },
  },
  {
    id: "namespaces: leaving one spares the other",
    run: async (stage) => {
      const a = await stage.joined("a");
      const admin = await a.join("/admin", TOKEN);
      a.send("41/admin,");
      await stage.reasonOf(admin);
      await a.settle("/");
    },
  },
  {
    id: "namespaces: left and joined again",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send("41");
      await stage.reasonOf(a.id);
      await a.join();
    },
  },
  {
    id: "namespaces: the last one left, the connection stays",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send("41");
      await stage.reasonOf(a.id);
      await a.join("/admin", TOKEN);
    },
  },
  {
    id: "namespaces: each has its own rooms",
    run: async (stage) => {
      const room = stage.room("r");
      const a = await stage.joined("a");
      await a.join("/admin", TOKEN);
      await a.call("join", room);
      a.namespace = "/admin";
      await a.call("join", room);
      await a.call("to", [room], [], "hello", 1);
      await a.settle("/");
      await a.settle("/admin");
    },
  },
  {
    id: "namespaces: two dynamic ones do not hear each other",
    run: async (stage) => {
      const a = await stage.joined("a", { namespace: "/dyn-81" });
      const b = await stage.joined("b", { namespace: "/dyn-82" });
      const c = await stage.joined("c", { namespace: "/dyn-81" });
      await a.call("broadcast", stage.toAll("news"), 1);
      await b.settle();
      await c.settle();
    },
  },
  {
    id: "namespaces: two CONNECTs at once",
    run: async (stage) => {
      const a = await stage.raw("a");
      a.send("40", '40/admin,{"token":"s3cret"}');
      await a.takeByNamespace(4);
      a.joined.push("/");
    },
  },
  ...[
    ["a second CONNECT", ["40"]],
    ["a second CONNECT with auth", ['40{"a":1}']],
    ["a CONNECT_ERROR", ['44{"message":"x"}']],
    ["a CONNECT_ERROR with text", ['44"x"']],
    ["an event for a namespace not joined", ['42/admin,["echo",1]']],
    ["an event for an unknown namespace", ['42/nobody,["echo",1]']],
    ["an ack for a namespace not joined", ["43/admin,1[]"]],
    ["a DISCONNECT from a namespace not joined", ["41/admin,"]],
    ["a CONNECT_ERROR for a namespace not joined", ['44/admin,{"message":"x"}']],
  ].map(([what, packets]) => ({
    id: `connect: ${what}`,
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send(...packets);
      await a.settle();
      await stage.reasonOf(a.id);
    },
  })),
  ...[
    ["an event after DISCONNECT", '42["echo",1]'],
    ["a second DISCONNECT", "41"],
    ["an ack after DISCONNECT", "430[]"],
  ].map(([what, packet]) => ({
    id: `connect: ${what}`,
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send("41");
      await stage.reasonOf(a.id);
      a.send(packet);
      await a.ended();
    },
  })),
  {
    id: "connect: an event before CONNECT",
    run: async (stage) => {
      const a = await stage.raw("a");
      a.send('42["echo",1]');
      await a.ended();
    },
  },
  ...[
    ["an event for a namespace not joined", '42/admin,["echo",1]'],
    ["no packet", "4nonsense"],
  ].map(([what, packet]) => ({
    id: `connect: an unknown namespace and right behind it ${what}`,
    run: async (stage) => {
      const a = await stage.raw("a");
      a.send("40/dyn-x,", packet);
      await a.take();
      await a.ended();
    },
  })),
  {
    id: "connect: time out without any CONNECT",
    run: async (stage) => (await stage.raw("a")).ended(),
  },
  {
    id: "connect: time out after a refusal",
    run: async (stage) => {
      const a = await stage.raw("a");
      a.send("40/nobody,");
      await a.ended();
    },
  },
];
