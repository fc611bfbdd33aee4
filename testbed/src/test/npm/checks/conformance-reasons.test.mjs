import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkOverTransports, sleep } from "../lib/check.mjs";
import { call, connected, next } from "../lib/client.mjs";
import { reasonOf } from "../lib/peer.mjs";

const TOKEN = { token: "s3cret" };

describe("ends by the server", { concurrency: 4 }, () => {
  checkOverTransports("kick: io server disconnect", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const [{ id }, ended] = [socket, next(socket, "disconnect")];
    socket.emit("kick", false);
    assert.equal((await ended)[0], "io server disconnect");
    assert.equal(await reasonOf(id), "server namespace disconnect");
  });

  checkOverTransports("kick spares the other namespace", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const admin = keep(socket.io.socket("/admin", { auth: TOKEN }));
    await next(admin, "connect");
    const ended = next(admin, "disconnect");
    admin.emit("kick", false);
    assert.equal((await ended)[0], "io server disconnect");
    assert.deepEqual(await call(socket, "echo", 1), [1]);
  });

  checkOverTransports("kick with close ends all namespaces", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const admin = keep(socket.io.socket("/admin", { auth: TOKEN }));
    await next(admin, "connect");
    const ids = [socket.id, admin.id];
    const ended = [next(socket, "disconnect"), next(admin, "disconnect"), next(socket.io, "close")];
    socket.emit("kick", true);
    const reasons = await Promise.all(ended);
    assert.deepEqual(reasons.slice(0, 2).map(([reason]) => reason), ["io server disconnect", "io server disconnect"]);
    for (const id of ids) assert.equal(await reasonOf(id), "server namespace disconnect");
  });

  checkOverTransports("kill: transport close here, forced close there", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const [{ id }, ended] = [socket, next(socket, "disconnect")];
    socket.emit("kill");
    assert.equal((await ended)[0], "transport close");
    assert.equal(await reasonOf(id), "forced close");
  });

  checkOverTransports("kill reaches every namespace", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const admin = keep(socket.io.socket("/admin", { auth: TOKEN }));
    await next(admin, "connect");
    const ids = [socket.id, admin.id];
    const ended = [next(socket, "disconnect"), next(admin, "disconnect")];
    admin.emit("kill");
    assert.deepEqual((await Promise.all(ended)).map(([reason]) => reason), ["transport close", "transport close"]);
    for (const id of ids) assert.equal(await reasonOf(id), "forced close");
  });

  checkOverTransports("events before the kick are delivered", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const seen = [];
    socket.on("seq", (i) => seen.push(i));
    const ended = next(socket, "disconnect");
    socket.emit("stream", 100, 100, 0);
    socket.emit("kick", true);
    await ended;
    assert.deepEqual(seen, Array.from({ length: 100 }, (_, i) => i));
  });

  checkOverTransports("events before the kill are delivered", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const seen = [];
    socket.on("seq", (i) => seen.push(i));
    const ended = next(socket, "disconnect");
    socket.emit("stream", 100, 100, 0);
    socket.emit("kill");
    await ended;
    assert.deepEqual(seen, Array.from({ length: 100 }, (_, i) => i));
  });
});

describe("ends by the client", { concurrency: 4 }, () => {
  checkOverTransports("disconnect of a namespace: client namespace disconnect", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const admin = keep(socket.io.socket("/admin", { auth: TOKEN }));
    await next(admin, "connect");
    const { id } = admin;
    const ended = next(admin, "disconnect");
    admin.disconnect();
    assert.equal((await ended)[0], "io client disconnect");
    assert.equal(await reasonOf(id), "client namespace disconnect");
    assert.deepEqual(await call(socket, "echo", 1), [1]);
  });

  checkOverTransports("disconnect of the last namespace", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const { id } = socket;
    socket.disconnect();
    assert.equal(await reasonOf(id), "client namespace disconnect");
  });

  checkOverTransports("close of the engine: transport close", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const { id } = socket;
    socket.io.engine.close();
    assert.equal(await reasonOf(id), "transport close");
  });

  checkOverTransports("reason is null while connected, and for an unknown id", async (transport, keep) => {
    const socket = keep(await connected(transport));
    assert.deepEqual(await call(socket, "reason", socket.id), [null]);
    assert.deepEqual(await call(socket, "reason", "unknown"), [null]);
  });

  checkOverTransports("after a disconnect the client may connect again, as another", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const { id } = socket;
    await call(socket, "join", "left-behind");
    socket.disconnect();
    socket.connect();
    await next(socket, "connect");
    assert.notEqual(socket.id, id);
    assert.deepEqual(await call(socket, "rooms"), [[]]);
  });

  checkOverTransports("a question under way does not outlive its socket", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const asked = next(socket, "question");
    socket.emit("ask-timeout", 100);
    await asked;
    socket.disconnect();
    await sleep(200);
    socket.connect();
    await next(socket, "connect");
    assert.deepEqual(await call(socket, "echo", 1), [1]);
  });

  checkOverTransports("the client reconnects by itself after a kill", async (transport, keep) => {
    const options = { reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 50 };
    const socket = keep(await connected(transport, options));
    const { id } = socket;
    const again = next(socket.io, "reconnect");
    socket.emit("kill");
    await again;
    if (!socket.connected) await next(socket, "connect");
    assert.notEqual(socket.id, id);
    assert.deepEqual(await call(socket, "echo", 1), [1]);
  });
});
