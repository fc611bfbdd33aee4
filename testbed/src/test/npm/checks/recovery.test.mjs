import assert from "node:assert/strict";
import { describe } from "node:test";
import { check, checkOverTransports, sleep } from "../lib/check.mjs";
import { call, collect, connected, next } from "../lib/client.mjs";
import { CONFORMANCE_URL, RECOVERY_URL } from "../lib/env.mjs";
import { Peer } from "../lib/peer.mjs";

const base = RECOVERY_URL;
const WINDOW_MS = 3000;

/** A peer on the recovering server, with the private id and the offset of its last event. */
async function joined(keep, transport, { nsp = "/", auth } = {}) {
  const peer = keep(await Peer.open(transport, { base }));
  peer.send(`40${nsp === "/" ? "" : `${nsp},`}${auth ? JSON.stringify(auth) : ""}`);
  const { data: session } = await peer.packet();
  const welcome = await peer.packet();
  return Object.assign(peer, { nsp, id: session.sid, pid: session.pid, offset: welcome.data.at(-1) });
}

/** A new connection that asks for the session; its answer and what came before it. */
async function recovered(keep, transport, { pid, offset, nsp }) {
  const peer = keep(await Peer.open(transport, { base }));
  peer.send(`40${nsp === "/" ? "" : `${nsp},`}${JSON.stringify({ pid, offset })}`);
  const missed = [];
  for (;;) {
    const packet = await peer.packet();
    if (packet.type === 0) return { peer, session: packet.data, missed };
    missed.push(packet.data);
  }
}

describe("recovery on the wire", { concurrency: 4 }, () => {
  checkOverTransports("CONNECT brings a pid, events bring an offset", async (transport, keep) => {
    const peer = await joined(keep, transport);
    assert.equal(typeof peer.pid, "string");
    assert.notEqual(peer.pid, peer.id);
    assert.equal(typeof peer.offset, "string");
  });

  checkOverTransports("each offset is another, acks have none", async (transport, keep) => {
    const peer = await joined(keep, transport);
    peer.emit("echo", "a");
    peer.emit("echo", "b");
    const [first, second] = [await peer.data(), await peer.data()];
    assert.deepEqual([first.slice(0, 2), second.slice(0, 2)], [["echo", "a"], ["echo", "b"]]);
    assert.equal(new Set([peer.offset, first[2], second[2]]).size, 3);
    assert.deepEqual(await peer.call("echo", "x"), ["x"]);
  });

  checkOverTransports("a question that wants an ack has none", async (transport, keep) => {
    const peer = await joined(keep, transport);
    peer.emit("ask", "why");
    const question = await peer.packet();
    assert.deepEqual(question.data, ["question", "why"]);
    peer.acknowledge(question, "because");
    assert.deepEqual((await peer.data()).slice(0, 2), ["answer", "because"]);
  });

  checkOverTransports("id, pid, rooms and what was missed come back", async (transport, keep) => {
    const peer = await joined(keep, transport);
    const witness = await joined(keep, "websocket");
    const room = `recovery-${process.pid}-${transport}`;
    await peer.call("join", room);
    peer.emit("kill");
    await peer.closed();
    await witness.call("to", [room], [], "news", 1);
    await witness.call("to", [room], [], "news", Buffer.from([2]));
    await witness.call("to", [`other-${room}`], [], "news", 3);
    const { peer: again, session, missed } = await recovered(keep, transport, peer);
    assert.deepEqual([session.sid, session.pid], [peer.id, peer.pid]);
    assert.deepEqual(missed.map((data) => data.slice(0, 2)), [["news", 1], ["news", Buffer.from([2])]]);
    assert.deepEqual(await again.call("rooms"), [[room]]);
    assert.equal((await again.call("whoami"))[0].recovered, true);
  });

  checkOverTransports("only what came after the offset", async (transport, keep) => {
    const peer = await joined(keep, transport);
    peer.emit("echo", "old");
    peer.emit("echo", "new");
    const [old] = [await peer.data(), await peer.data()];
    peer.emit("kill");
    await peer.closed();
    const { missed } = await recovered(keep, transport, { ...peer, offset: old[2] });
    assert.deepEqual(missed.map((data) => data.slice(0, 2)), [["echo", "new"]]);
  });

  checkOverTransports("the middleware is skipped", async (transport, keep) => {
    const peer = await joined(keep, transport, { nsp: "/admin", auth: { token: "s3cret" } });
    peer.emitIn("/admin", "kill");
    await peer.closed();
    const { session } = await recovered(keep, transport, peer);
    assert.equal(session.sid, peer.id);
  });

  for (const [what, change] of [
    ["an unknown pid", { pid: "unknown" }],
    ["an unknown offset", { offset: "unknown" }],
    ["a number for pid", { pid: 1 }],
    ["no offset", { offset: undefined }],
  ]) {
    checkOverTransports(`${what} makes a new session`, async (transport, keep) => {
      const peer = await joined(keep, transport);
      peer.emit("kill");
      await peer.closed();
      const { peer: again, session } = await recovered(keep, transport, { ...peer, ...change });
      assert.notEqual(session.sid, peer.id);
      assert.notEqual(session.pid, peer.pid);
      await again.data();
      assert.equal((await again.call("whoami"))[0].recovered, false);
    });
  }

  checkOverTransports("after the window it is a new session", async (transport, keep) => {
    const peer = await joined(keep, transport);
    peer.emit("kill");
    await peer.closed();
    await sleep(WINDOW_MS + 300);
    const { session } = await recovered(keep, transport, peer);
    assert.notEqual(session.sid, peer.id);
  });

  checkOverTransports("leaving and being kicked are final", async (transport, keep) => {
    for (const end of [(peer) => peer.send("41"), (peer) => peer.emit("kick", true)]) {
      const peer = await joined(keep, transport);
      end(peer);
      await sleep(100);
      const { session } = await recovered(keep, transport, peer);
      assert.notEqual(session.sid, peer.id);
    }
  });

  check("the other server knows neither pid nor offset", async (keep) => {
    const peer = keep(await Peer.open("websocket", { base: CONFORMANCE_URL }));
    peer.send("40");
    assert.deepEqual(Object.keys((await peer.packet()).data), ["sid"]);
    assert.equal((await peer.data()).length, 2);
  });
});

describe("recovery with the official client", { concurrency: 4 }, () => {
  const options = { base, reconnection: true, reconnectionDelay: 300, randomizationFactor: 0 };

  checkOverTransports("nothing is lost over a broken connection", async (transport, keep) => {
    const socket = keep(await connected(transport, options));
    const sender = keep(await connected("websocket", { base }));
    const room = `client-${process.pid}-${transport}`;
    const heard = collect(socket, "news");
    await call(socket, "join", room);
    await call(sender, "to", [room], [], "news", 0);
    const { id } = socket;
    const again = next(socket, "connect", 6000);
    socket.emit("kill");
    await next(socket, "disconnect");
    for (let i = 1; i <= 20; i++) await call(sender, "to", [room], [], "news", i);
    await again;
    assert.deepEqual([socket.recovered, socket.id], [true, id]);
    await call(sender, "to", [room], [], "news", 21);
    await call(socket, "echo");
    assert.deepEqual(heard, Array.from({ length: 22 }, (_, i) => i));
  });

  checkOverTransports("a disconnect by hand starts anew", async (transport, keep) => {
    const socket = keep(await connected(transport, options));
    const { id } = socket;
    socket.disconnect();
    socket.connect();
    await next(socket, "connect");
    assert.equal(socket.recovered, false);
    assert.notEqual(socket.id, id);
  });
});
