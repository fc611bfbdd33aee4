const TOKEN = { token: "s3cret" };

/** How connections end, from the client's side and from the app's. */
export const reasons = [
  {
    id: "end: the app disconnects the socket",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("kick", false);
      await a.take();
      await stage.reasonOf(a.id);
      await a.join();
    },
  },
  {
    id: "end: the app disconnects one of two sockets",
    run: async (stage) => {
      const a = await stage.joined("a");
      await a.join("/admin", TOKEN);
      a.emit("kick", false);
      await a.take();
      await stage.reasonOf(a.id);
      await a.settle("/admin");
    },
  },
  {
    id: "end: the app closes the connection",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("kick", true);
      await a.ended();
      await stage.reasonOf(a.id);
    },
  },
  {
    id: "end: the app closes the connection of two sockets",
    run: async (stage) => {
      const a = await stage.joined("a");
      const admin = await a.join("/admin", TOKEN);
      a.emit("kick", true);
      await a.ended();
      await stage.reasonOf(a.id);
      await stage.reasonOf(admin);
    },
  },
  {
    id: "end: the app closes the engine",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("kill");
      await a.ended();
      await stage.reasonOf(a.id);
    },
  },
  {
    id: "end: the app closes the engine of two sockets",
    run: async (stage) => {
      const a = await stage.joined("a");
      const admin = await a.join("/admin", TOKEN);
      a.emit("kill");
      await a.ended();
      await stage.reasonOf(a.id);
      await stage.reasonOf(admin);
    },
  },
  {
    id: "end: what was sent before the close arrives",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send('42["stream",50,50,0]', '421["echo",1]', '42["kick",true]');
      await a.ended();
      await stage.reasonOf(a.id);
    },
  },
  {
    id: "end: the client leaves the namespace",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send("41");
      await stage.reasonOf(a.id);
      await a.join("/admin", TOKEN);
    },
  },
  {
    id: "end: the client says CLOSE",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send("1");
      if (!(await a.settle())) await stage.reasonOf(a.id);
    },
  },
  {
    id: "end: the client says DISCONNECT and CLOSE",
    over: ["polling"],
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send("41", "1");
      await a.ended();
      await stage.reasonOf(a.id);
    },
  },
  ...[[undefined], [1000], [1001, "bye"], [4000]].map((close) => ({
    id: `end: the client closes the WebSocket with ${close}`,
    over: ["websocket", "upgrade"],
    run: async (stage) => {
      const a = await stage.joined("a");
      a.line.socket.close(...close.filter((part) => part !== undefined));
      await a.ended();
      await stage.reasonOf(a.id);
    },
  })),
  {
    id: "end: the client cuts the connection",
    over: ["websocket", "upgrade"],
    run: async (stage) => {
      const a = await stage.joined("a");
      const admin = await a.join("/admin", TOKEN);
      a.line.socket.terminate();
      await a.ended();
      await stage.reasonOf(a.id);
      await stage.reasonOf(admin);
    },
  },
  {
    id: "end: the client does not answer pings",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.silent = true;
      await a.ended();
      await stage.reasonOf(a.id);
    },
  },
  {
    id: "end: another one hears nothing of it",
    run: async (stage) => {
      const a = await stage.joined("a");
      const b = await stage.joined("b");
      const room = stage.room("r");
      for (const client of [a, b]) await client.call("join", room);
      a.emit("kick", true);
      await a.ended();
      await stage.reasonOf(a.id);
      await b.call("members", room);
    },
  },
];
