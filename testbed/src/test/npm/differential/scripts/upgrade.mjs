async function probing(stage) {
  const session = await stage.session("a");
  const frames = await stage.webSocket("ws", session.webSocketUrl);
  return { session, frames };
}

async function probed(stage) {
  const { session, frames } = await probing(stage);
  frames.send(["2probe"]);
  await stage.takeFrames(frames);
  return { session, frames };
}

async function switched(stage) {
  const { session, frames } = await probed(stage);
  await session.poll();
  frames.send(["5"]);
  await echo(stage, frames, "switched");
  return { session, frames };
}

async function echo(stage, frames, text) {
  frames.send([`42900["echo","${text}"]`]);
  await stage.takeFrames(frames);
}

const BAD_PROBES = [
  ["a ping without probe", "2"],
  ["another ping", "2other"],
  ["a pong", "3probe"],
  ["a message", '42["echo",1]'],
  ["an UPGRADE without probe", "5"],
  ["a NOOP", "6"],
  ["a CLOSE", "1"],
  ["an unknown type", "abc"],
  ["an empty packet", ""],
  ["binary", Buffer.from([1])],
].map(([what, packet]) => ({
  id: `upgrade: ${what} instead of the probe`,
  run: async (stage) => {
    const { session, frames } = await probing(stage);
    frames.send([packet]);
    if (packet === "5") await stage.exchange("a", "POST", session.post('42["echo",1]'));
    else await stage.takeFrames(frames);
    await stage.alive("a", session);
  },
}));

const AFTER_PROBE = [
  ["a message", "4hello"],
  ["a CLOSE", "1"],
  ["a pong", "3"],
  ["an unknown type", "x"],
].map(([what, packet]) => ({
  id: `upgrade: ${what} after the probe`,
  run: async (stage) => {
    const { session, frames } = await probed(stage);
    frames.send([packet]);
    await stage.takeFrames(frames);
    await stage.alive("a", session);
  },
}));

const DURING = [
  {
    id: "upgrade: a second probe on the same WebSocket",
    run: async (stage) => {
      const { frames, session } = await probed(stage);
      frames.send(["2probe"]);
      await stage.takeFrames(frames);
      await stage.alive("a", session);
    },
  },
  {
    id: "upgrade: the pending poll is answered by NOOP",
    run: async (stage) => {
      const { session, frames } = await probing(stage);
      const pending = session.get();
      await stage.arrived();
      frames.send(["2probe"]);
      await stage.takeFrames(frames);
      await stage.exchange("a", "pending GET", pending, session);
    },
  },
  {
    id: "upgrade: a POST after the probe counts",
    run: async (stage) => {
      const { session } = await probed(stage);
      await stage.exchange("a", "POST", session.post('427["echo",1]'));
      await stage.packets("a", session, 1);
    },
  },
  {
    id: "upgrade: what is answered between probe and switch comes after the switch",
    run: async (stage) => {
      const { session, frames } = await probed(stage);
      await session.poll();
      await session.post('42["stream",20,20,0]');
      frames.send(["5", '421["echo","last"]']);
      await stage.takeFrames(frames, 21);
    },
  },
  {
    id: "upgrade: no number of a stream is lost, doubled or displaced",
    run: async (stage) => {
      const session = await stage.session("a");
      await session.post('42["stream",400,10,1]');
      const frames = await stage.webSocket("ws", session.webSocketUrl);
      frames.send(["2probe"]);
      await frames.inbox.available(5000);
      frames.inbox.next();
      const polled = (await session.poll()).filter((packet) => packet.startsWith("42"));
      frames.send(["5"]);
      for (const packet of polled) stage.note("ws", `< ${packet}`);
      await stage.takeFrames(frames, 400 - polled.length);
    },
  },
  {
    id: "upgrade: a lost WebSocket spares the session",
    run: async (stage) => {
      const { session, frames } = await probed(stage);
      frames.socket.terminate();
      await stage.alive("a", session);
    },
  },
  {
    id: "upgrade: time out spares the session",
    run: async (stage) => {
      const { session, frames } = await probed(stage);
      await stage.pollUntilEnd(session, frames);
      await stage.alive("a", session);
    },
  },
  {
    id: "upgrade: a WebSocket that never probes is closed in time",
    run: async (stage) => {
      const { session, frames } = await probing(stage);
      await stage.pollUntilEnd(session, frames);
      await stage.alive("a", session);
    },
  },
  {
    id: "upgrade: after a failed probe the next one works",
    run: async (stage) => {
      const { session, frames } = await probed(stage);
      frames.send(["4bad"]);
      await stage.takeFrames(frames);
      const next = await stage.webSocket("next", session.webSocketUrl);
      next.send(["2probe"]);
      await stage.takeFrames(next);
      await session.poll();
      next.send(["5"]);
      await echo(stage, next, "switched");
    },
  },
  {
    id: "upgrade: a second WebSocket while one probes",
    run: async (stage) => {
      const { session, frames } = await probed(stage);
      const second = await stage.webSocket("second", session.webSocketUrl);
      await stage.takeFrames(second);
      await session.poll();
      frames.send(["5"]);
      await echo(stage, frames, "switched");
    },
  },
  {
    id: "upgrade: CLOSE by POST ends the probe",
    run: async (stage) => {
      const { session, frames } = await probed(stage);
      await stage.exchange("a", "POST", session.post("1"));
      await stage.takeFrames(frames);
      await stage.reasonOf(session.id);
    },
  },
  {
    id: "upgrade: kick with close is delivered after the switch",
    run: async (stage) => {
      const { session, frames } = await probed(stage);
      await session.poll();
      await session.post('42["kick",true]');
      frames.send(["5"]);
      await stage.takeFrames(frames, 2);
      await stage.reasonOf(session.id);
    },
  },
];

const AFTER = [
  ["a GET", (session) => session.get()],
  ["a POST", (session) => session.post('42["echo","late"]')],
  ["an OPTIONS", (session) => session.get({ method: "OPTIONS" })],
].map(([what, ask]) => ({
  id: `upgrade: ${what} after the switch`,
  run: async (stage) => {
    const { session, frames } = await switched(stage);
    await stage.exchange("a", what, ask(session));
    await echo(stage, frames, "alive");
  },
}));

const LATER = [
  {
    id: "upgrade: the poll that waits at the switch",
    run: async (stage) => {
      const { session, frames } = await probed(stage);
      await session.poll();
      frames.send(["5"]);
      await echo(stage, frames, "switched");
      await stage.exchange("a", "GET", session.get({ agent: false }));
      await echo(stage, frames, "alive");
    },
  },
  {
    id: "upgrade: a second WebSocket after the switch",
    run: async (stage) => {
      const { session, frames } = await switched(stage);
      const second = await stage.webSocket("second", session.webSocketUrl);
      await stage.takeFrames(second);
      await echo(stage, frames, "alive");
    },
  },
  {
    id: "upgrade: UPGRADE again after the switch",
    run: async (stage) => {
      const { session, frames } = await switched(stage);
      frames.send(["5"]);
      await echo(stage, frames, "alive");
      if (frames.inbox.ended) await stage.reasonOf(session.id);
    },
  },
  {
    id: "upgrade: the app sees the new transport",
    run: async (stage) => {
      const { frames } = await switched(stage);
      frames.send(['420["whoami"]']);
      await stage.takeFrames(frames);
    },
  },
  {
    id: "upgrade: an event before the switch, its attachment after it",
    run: async (stage) => {
      const { session, frames } = await probed(stage);
      await session.poll();
      await session.post('451-0["types",{"_placeholder":true,"num":0}]');
      frames.send(["5", Buffer.from([1, 2])]);
      await stage.takeFrames(frames);
    },
  },
  {
    id: "upgrade: the end of the WebSocket is the end of the session",
    run: async (stage) => {
      const { session, frames } = await switched(stage);
      frames.socket.close();
      await stage.takeFrames(frames);
      await stage.reasonOf(session.id);
      await stage.exchange("a", "GET", session.get());
    },
  },
  {
    id: "upgrade: before any namespace is joined",
    run: async (stage) => {
      const session = await stage.session("a", { join: false });
      const frames = await stage.webSocket("ws", session.webSocketUrl);
      frames.send(["2probe"]);
      await stage.takeFrames(frames);
      await session.poll();
      frames.send(["5", "40/nobody,"]);
      await stage.takeFrames(frames);
      frames.send(['420["echo"]']);
      await stage.takeFrames(frames);
    },
  },
];

/** The change from polling to WebSocket, step by step. */
export const upgrade = [...BAD_PROBES, ...AFTER_PROBE, ...DURING, ...AFTER, ...LATER].map((script) => ({
  ...script,
  over: ["upgrade"],
}));
