import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkOverTransports, eventually, sleep } from "../lib/check.mjs";
import { call, collect, connected } from "../lib/client.mjs";
import { TRANSPORTS } from "../lib/env.mjs";
import { TO_ALL } from "../lib/peer.mjs";

let checks = 0;

function unique(name) {
  return `${name}-${process.pid}-${checks++}`;
}

/** So many clients, each of them on the next transport, and what each hears of one event. */
async function audience(keep, first, count, options) {
  const event = unique("heard");
  const transports = Array.from({ length: count }, (_, i) => TRANSPORTS[(TRANSPORTS.indexOf(first) + i) % 3]);
  const sockets = await Promise.all(transports.map((transport) => connected(transport, options)));
  const heard = sockets.map((socket) => collect(keep(socket), event));
  return { event, sockets, heard };
}

/** All that was sent before has arrived: each client has asked for an answer afterwards. */
async function settled(sockets) {
  await Promise.all(sockets.map((socket) => call(socket, "echo")));
}

describe("rooms", { concurrency: 4 }, () => {
  checkOverTransports("join and leave are seen in rooms", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const [a, b] = [unique("a"), unique("b")];
    assert.deepEqual(await call(socket, "rooms"), [[]]);
    assert.deepEqual(await call(socket, "join", b), []);
    assert.deepEqual(await call(socket, "join", a), []);
    assert.deepEqual(await call(socket, "join", a), []);
    assert.deepEqual(await call(socket, "rooms"), [[a, b]]);
    assert.deepEqual(await call(socket, "leave", b), []);
    assert.deepEqual(await call(socket, "leave", unique("never")), []);
    assert.deepEqual(await call(socket, "rooms"), [[a]]);
  });

  checkOverTransports("members lists the ids in a room", async (transport, keep) => {
    const { sockets } = await audience(keep, transport, 3);
    const room = unique("room");
    assert.deepEqual(await call(sockets[0], "members", room), [[]]);
    await call(sockets[0], "join", room);
    await call(sockets[1], "join", room);
    const ids = [sockets[0].id, sockets[1].id].sort();
    assert.deepEqual(await call(sockets[2], "members", room), [ids]);
    await call(sockets[0], "leave", room);
    assert.deepEqual(await call(sockets[2], "members", room), [[sockets[1].id]]);
  });

  checkOverTransports("the own id is a room", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 3);
    assert.deepEqual(await call(sockets[0], "members", sockets[1].id), [[sockets[1].id]]);
    await call(sockets[0], "to", [sockets[1].id], [], event, "private");
    await settled(sockets);
    assert.deepEqual(heard, [[], ["private"], []]);
  });

  checkOverTransports("to reaches the room, the sender included", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 3);
    const room = unique("room");
    await call(sockets[0], "join", room);
    await call(sockets[1], "join", room);
    await call(sockets[0], "to", [room], [], event, { n: 1 });
    await settled(sockets);
    assert.deepEqual(heard, [[{ n: 1 }], [{ n: 1 }], []]);
  });

  checkOverTransports("to a room from outside", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 2);
    const room = unique("room");
    await call(sockets[1], "join", room);
    await call(sockets[0], "to", [room], [], event, 1);
    await settled(sockets);
    assert.deepEqual(heard, [[], [1]]);
  });

  checkOverTransports("to two rooms delivers once", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 3);
    const [a, b] = [unique("a"), unique("b")];
    for (const room of [a, b]) await call(sockets[0], "join", room);
    await call(sockets[1], "join", b);
    await call(sockets[2], "to", [a, b], [], event, "once");
    await settled(sockets);
    assert.deepEqual(heard, [["once"], ["once"], []]);
  });

  checkOverTransports("except leaves out", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 3);
    const [all, mute] = [unique("all"), unique("mute")];
    for (const socket of sockets) await call(socket, "join", all);
    await call(sockets[1], "join", mute);
    await call(sockets[0], "to", [all], [mute, unique("nobody")], event, "x");
    await settled(sockets);
    assert.deepEqual(heard, [["x"], [], ["x"]]);
  });

  checkOverTransports("except an id", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 2);
    const room = unique("room");
    for (const socket of sockets) await call(socket, "join", room);
    await call(sockets[0], "to", [room], [sockets[0].id], event, "x");
    await settled(sockets);
    assert.deepEqual(heard, [[], ["x"]]);
  });

  checkOverTransports("to an empty room reaches nobody", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 2);
    await call(sockets[0], "to", [unique("empty")], [], event, "x");
    await settled(sockets);
    assert.deepEqual(heard, [[], []]);
  });

  checkOverTransports("socket-to leaves out the sender", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 3);
    const room = unique("room");
    await call(sockets[0], "join", room);
    await call(sockets[1], "join", room);
    await call(sockets[0], "socket-to", [room], [], event, "x");
    await settled(sockets);
    assert.deepEqual(heard, [[], ["x"], []]);
  });

  checkOverTransports("socket-to with except", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 3);
    const [room, mute] = [unique("room"), unique("mute")];
    for (const socket of sockets) await call(socket, "join", room);
    await call(sockets[2], "join", mute);
    await call(sockets[0], "socket-to", [room], [mute], event, "x");
    await settled(sockets);
    assert.deepEqual(heard, [[], ["x"], []]);
  });

  checkOverTransports("after leave nothing more arrives", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 2);
    const room = unique("room");
    await call(sockets[1], "join", room);
    await call(sockets[0], "to", [room], [], event, 1);
    await call(sockets[1], "leave", room);
    await call(sockets[0], "to", [room], [], event, 2);
    await settled(sockets);
    assert.deepEqual(heard, [[], [1]]);
  });

  checkOverTransports("who has gone is no member", async (transport, keep) => {
    const { sockets } = await audience(keep, transport, 2);
    const room = unique("room");
    await call(sockets[1], "join", room);
    sockets[1].disconnect();
    await eventually(() => call(sockets[0], "members", room), ([ids]) => ids.length === 0);
  });

  checkOverTransports("rooms with strange names", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 2);
    const rooms = ["", " ", "/", "a,b", "😀", "__proto__", "*"].map((name) => `${name}${unique("")}`);
    for (const room of rooms) await call(sockets[1], "join", room);
    for (const room of rooms) await call(sockets[0], "to", [room], [], event, room);
    await settled(sockets);
    assert.deepEqual(heard, [[], rooms]);
  });

  checkOverTransports("binary to a room", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 4);
    const room = unique("room");
    for (const socket of sockets.slice(1)) await call(socket, "join", room);
    const payload = { bytes: Buffer.from([0, 255]), more: [Buffer.alloc(0), "text"] };
    await call(sockets[0], "to", [room], [], event, payload);
    await settled(sockets);
    assert.deepEqual(heard, [[], [payload], [payload], [payload]]);
  });

  checkOverTransports("a room keeps the order", async (transport, keep) => {
    const { event, sockets, heard } = await audience(keep, transport, 3);
    const room = unique("room");
    for (const socket of sockets) await call(socket, "join", room);
    for (let i = 0; i < 100; i++) sockets[0].emit("to", [room], [], event, i, () => {});
    await settled(sockets);
    await eventually(() => heard.map(({ length }) => length).join(), (lengths) => lengths === "100,100,100");
    for (const numbers of heard) assert.deepEqual(numbers, Array.from({ length: 100 }, (_, i) => i));
  });
});

describe("whole namespaces", { concurrency: 4 }, () => {
  const ADMIN = { nsp: "/admin", auth: { token: "s3cret" } };

  for (const [what, args, expected] of [
    ["to no room: all", (event) => ["to", [], [], event, "x"], [1, 1, 1]],
    ["socket-to no room: all but the sender", (event) => ["socket-to", [], [], event, "x"], [0, 1, 1]],
    ["broadcast: all but the sender", (event) => ["broadcast", event, "x"], [0, 1, 1]],
  ]) {
    checkOverTransports(what, async (transport, keep) => {
      const { sockets } = await audience(keep, transport, 3, ADMIN);
      const event = `${TO_ALL}${unique("all")}`;
      const heard = sockets.map((socket) => collect(socket, event));
      await call(sockets[0], ...args(event));
      await settled(sockets);
      assert.deepEqual(heard.map(({ length }) => length), expected);
    });
  }

  checkOverTransports("to no room with except", async (transport, keep) => {
    const { sockets } = await audience(keep, transport, 3, ADMIN);
    const [event, mute] = [`${TO_ALL}${unique("all")}`, unique("mute")];
    const heard = sockets.map((socket) => collect(socket, event));
    await call(sockets[1], "join", mute);
    await call(sockets[0], "to", [], [mute], event, "x");
    await settled(sockets);
    assert.deepEqual(heard, [["x"], [], ["x"]]);
  });

  checkOverTransports("one namespace does not hear another", async (transport, keep) => {
    const main = keep(await connected(transport));
    const admin = keep(await connected(transport, ADMIN));
    const [event, room] = [`${TO_ALL}${unique("all")}`, unique("room")];
    const heard = [collect(main, event), collect(admin, event)];
    await call(main, "join", room);
    await call(admin, "join", room);
    await call(admin, "to", [room], [], event, 1);
    await call(admin, "to", [], [], event, 2);
    await settled([main, admin]);
    assert.deepEqual(heard, [[], [1, 2]]);
    assert.deepEqual(await call(main, "members", room), [[main.id]]);
  });
});

describe("broadcast with acks", { concurrency: 4 }, () => {
  function answering(sockets, answers) {
    sockets.forEach((socket, i) => socket.on("poll", (payload, ack) => answers[i] !== undefined && ack(answers[i])));
  }

  async function inRoom(keep, transport, count) {
    const { sockets } = await audience(keep, transport, count);
    const room = unique("poll");
    for (const socket of sockets) await call(socket, "join", room);
    return { sockets, room };
  }

  checkOverTransports("all answer: at once, without the timeout", async (transport, keep) => {
    const { sockets, room } = await inRoom(keep, transport, 3);
    answering(sockets, ["a", "b", "c"]);
    const start = Date.now();
    const [{ timedOut, responses }] = await call(sockets[0], "broadcast-ack", room, 3000, { q: 1 });
    assert.ok(Date.now() - start < 1500);
    assert.equal(timedOut, false);
    assert.deepEqual(responses.sort(), ["a", "b", "c"]);
  });

  checkOverTransports("one is silent: what has come, after the timeout", async (transport, keep) => {
    const { sockets, room } = await inRoom(keep, transport, 3);
    answering(sockets, ["a", undefined, "c"]);
    const start = Date.now();
    const [{ timedOut, responses }] = await call(sockets[0], "broadcast-ack", room, 800, "q");
    assert.ok(Date.now() - start >= 790);
    assert.equal(timedOut, true);
    assert.deepEqual(responses.sort(), ["a", "c"]);
  });

  checkOverTransports("an empty room: no answers, no timeout", async (transport, keep) => {
    const socket = keep(await connected(transport));
    assert.deepEqual(await call(socket, "broadcast-ack", unique("nobody"), 300, 1), [{ timedOut: false, responses: [] }]);
  });

  checkOverTransports("binary there and back", async (transport, keep) => {
    const { sockets, room } = await inRoom(keep, transport, 2);
    const asked = sockets.map((socket) => collect(socket, "poll"));
    answering(sockets, [Buffer.from([1]), { deep: Buffer.from([2]) }]);
    const [{ responses }] = await call(sockets[0], "broadcast-ack", room, 2000, Buffer.from([9]));
    assert.deepEqual(asked, [[Buffer.from([9])], [Buffer.from([9])]]);
    assert.equal(responses.length, 2);
    assert.ok(responses.some((response) => Buffer.isBuffer(response) && response.equals(Buffer.from([1]))));
  });

  checkOverTransports("an answer too late is dropped", async (transport, keep) => {
    const { sockets, room } = await inRoom(keep, transport, 1);
    sockets[0].on("poll", (payload, ack) => setTimeout(ack, 200, "late"));
    assert.deepEqual(await call(sockets[0], "broadcast-ack", room, 100, 1), [{ timedOut: true, responses: [] }]);
    await sleep(200);
    assert.deepEqual(await call(sockets[0], "echo", 1), [1]);
  });
});
