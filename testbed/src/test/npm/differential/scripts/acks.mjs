/** Acknowledgements both ways. */
export const acks = [
  ...[
    ["one value", ["a"]],
    ["no value", []],
    ["many values", [1, null, { a: [1] }, "x"]],
  ].map(([what, values]) => ({
    id: `ack: ${what} of the client`,
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("ask", "q", 1);
      a.answer(await a.take(), ...values);
      await a.take();
    },
  })),
  {
    id: "ack: in another namespace",
    run: async (stage) => {
      const a = await stage.joined("a", { namespace: "/admin", auth: { token: "s3cret" } });
      a.emit("ask", "q");
      a.answer(await a.take(), "answer");
      await a.take();
      await a.call("echo", 1);
    },
  },
  {
    id: "ack: several questions answered in another order",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("ask", 1);
      a.emit("ask", 2);
      const [first, second] = [await a.take(), await a.take()];
      a.answer(second, "second");
      await a.take();
      a.answer(first, "first");
      await a.take();
    },
  },
  {
    id: "ack: the client answers twice",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("ask", 1);
      const asked = await a.take();
      a.answer(asked, "first");
      await a.take();
      a.answer(asked, "second");
    },
  },
  {
    id: "ack: with an id that is not known",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("ask", 1);
      const asked = await a.take();
      a.send('4399999["wrong"]');
      a.answer(asked, "right");
      await a.take();
    },
  },
  {
    id: "ack: in the wrong namespace does not count",
    run: async (stage) => {
      const a = await stage.joined("a");
      await a.join("/admin", { token: "s3cret" });
      a.emit("ask", 1);
      const asked = await a.take();
      a.send(`43/admin,${/\d+(?=\[)/.exec(asked.slice(2))[0]}["wrong"]`);
      await a.settle("/admin");
      a.answer(asked, "right");
      await a.take();
    },
  },
  {
    id: "ack: of another client does not count",
    run: async (stage) => {
      const a = await stage.joined("a");
      const b = await stage.joined("b");
      a.emit("ask", 1);
      const asked = await a.take();
      b.acks = a.acks;
      b.send(`43${/\d+(?=\[)/.exec(asked.slice(2))[0]}["wrong"]`);
      await b.settle();
      a.answer(asked, "right");
      await a.take();
    },
  },
  { id: "ack: the app acks twice", run: async (stage) => (await stage.joined("a")).call("twice") },
  { id: "ack: the app acks late", run: async (stage) => (await stage.joined("a")).call("late", 300) },
  {
    id: "ack: late acks overtake each other",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send('421["late",900]', '422["late",50]');
      await a.take(2);
    },
  },
  {
    id: "ack: the same id asked twice",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.send('425["echo",1]', '425["echo",2]');
      await a.take(2);
    },
  },
  {
    id: "ack: in time",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("ask-timeout", 5000);
      a.answer(await a.take(), { a: 1 });
      await a.take();
    },
  },
  {
    id: "ack: with several values in time",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("ask-timeout", 5000);
      a.answer(await a.take(), "first", "second");
      await a.take();
    },
  },
  {
    id: "ack: too late",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("ask-timeout", 100);
      const asked = await a.take();
      await a.take();
      a.answer(asked, "late");
    },
  },
  {
    id: "ack: from nobody when the client is gone",
    run: async (stage) => {
      const a = await stage.joined("a");
      a.emit("ask", 1);
      await a.take();
      a.send("41");
      await stage.reasonOf(a.id);
      await a.join();
    },
  },
];
