import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkOverTransports } from "../lib/check.mjs";
import { Peer, reasonOf } from "../lib/peer.mjs";

const TOKEN = { token: "s3cret" };
/** Node says so where it could tell the client at once; a polling client between two polls it could not. */
const CLOSED_BY_SERVER = {
  polling: ["forced close", "forced server close"],
  websocket: ["forced close"],
  upgrade: ["forced close"],
};
const REFUSAL = { message: "not authorized", data: { code: 4010, retry: false } };

async function assertClosedByServer(transport, id) {
  const reason = await reasonOf(id);
  assert.ok(CLOSED_BY_SERVER[transport].includes(reason), reason);
}

describe("namespaces: connect", { concurrency: 4 }, () => {
  checkOverTransports("CONNECT is answered by the sid alone, then the handler's event", async (transport, keep) => {
    const peer = keep(await Peer.open(transport));
    peer.send("40");
    const answer = await peer.packet();
    assert.match(answer.raw, /^40\{"sid":"[^"]+"\}$/);
    assert.equal((await peer.packet()).raw, `42["welcome",{"id":"${answer.data.sid}","auth":{}}]`);
  });

  checkOverTransports("the auth payload reaches the handler", async (transport, keep) => {
    const peer = keep(await Peer.open(transport));
    await peer.join("/", { token: "å😀", deep: [{ a: null }] });
    const [{ auth }] = await peer.call("whoami");
    assert.deepEqual(auth, { token: "å😀", deep: [{ a: null }] });
  });

  for (const packet of ["40/admin", "40/admin,", '40/admin,{"token":"wrong"}', '40/admin,{"token":true}']) {
    checkOverTransports(`${packet} is refused with message and data`, async (transport, keep) => {
      const peer = keep(await Peer.connected(transport));
      peer.send(packet);
      const answer = await peer.packet();
      assert.ok(answer.raw.startsWith("44/admin,{"), answer.raw);
      assert.deepEqual(answer.data, REFUSAL);
      await peer.alive();
    });
  }

  checkOverTransports("after a refusal the right token is accepted", async (transport, keep) => {
    const peer = keep(await Peer.open(transport));
    peer.send("40/admin,");
    assert.equal((await peer.packet()).type, 4);
    await peer.join("/admin", TOKEN);
    await peer.alive("/admin");
  });

  for (const [packet, name] of [
    ["40/nowhere,", "/nowhere"],
    ["40/nowhere", "/nowhere"],
    ['40/nowhere,{"a":1}', "/nowhere"],
    ["40/Admin,", "/Admin"],
    ["40/admin/,", "/admin/"],
    ["40/dyn-x,", "/dyn-x"],
    ["40/__proto__,", "/__proto__"],
  ]) {
    checkOverTransports(`${packet} is an invalid namespace`, async (transport, keep) => {
      const peer = keep(await Peer.connected(transport));
      peer.send(packet);
      assert.equal((await peer.packet()).raw, `44${name},{"message":"Invalid namespace"}`);
      await peer.alive();
    });
  }

  checkOverTransports("a refused namespace takes no events", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.send("40/admin,");
    assert.equal((await peer.packet()).type, 4);
    peer.emitIn("/admin", "echo", 1);
    await peer.closed();
    await assertClosedByServer(transport, peer.id);
  });

  checkOverTransports("two namespaces share the connection", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    const admin = await peer.join("/admin", TOKEN);
    assert.notEqual(admin, peer.id);
    peer.emitIn("/admin", "echo", "admin");
    peer.emit("echo", "main");
    const packets = [await peer.packet(), await peer.packet()];
    const found = packets.map(({ nsp, data }) => [nsp, ...data]).sort();
    assert.deepEqual(found, [["/", "echo", "main"], ["/admin", "echo", "admin"]]);
    assert.equal((await peer.callIn("/admin", "whoami"))[0].nsp, "/admin");
  });

  checkOverTransports("only another namespace, without the main one", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport, { nsp: "/admin", auth: TOKEN }));
    await peer.alive("/admin");
  });
});

describe("namespaces: disconnect", { concurrency: 4 }, () => {
  checkOverTransports("DISCONNECT leaves one namespace: client namespace disconnect", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    const admin = await peer.join("/admin", TOKEN);
    peer.send("41/admin,");
    await peer.alive();
    assert.equal(await reasonOf(admin), "client namespace disconnect");
    assert.deepEqual(await peer.call("reason", peer.id), [null]);
  });

  checkOverTransports("the comma may be missing", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    const admin = await peer.join("/admin", TOKEN);
    peer.send("41/admin");
    assert.equal(await reasonOf(admin), "client namespace disconnect");
    await peer.alive();
  });

  checkOverTransports("a namespace may be joined again, as another socket", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.send("41");
    await reasonOf(peer.id);
    const again = await peer.join();
    assert.notEqual(again, peer.id);
    await peer.alive();
  });

  checkOverTransports("rooms do not survive a rejoin", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    await peer.call("join", `rejoin-${transport}`);
    peer.send("41");
    await reasonOf(peer.id);
    await peer.join();
    assert.deepEqual(await peer.call("rooms"), [[]]);
    assert.deepEqual(await peer.call("members", `rejoin-${transport}`), [[]]);
  });

  checkOverTransports("kick ends the namespace only", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    const admin = await peer.join("/admin", TOKEN);
    peer.emitIn("/admin", "kick", false);
    assert.equal((await peer.packet()).raw, "41/admin,");
    await peer.alive();
    assert.equal(await reasonOf(admin), "server namespace disconnect");
  });

  checkOverTransports("kick with close ends everything", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    const admin = await peer.join("/admin", TOKEN);
    peer.emit("kick", true);
    const packets = [(await peer.packet()).raw, (await peer.packet()).raw];
    assert.deepEqual(packets.sort(), ["41", "41/admin,"]);
    await peer.closed();
    for (const id of [peer.id, admin]) assert.equal(await reasonOf(id), "server namespace disconnect");
  });

  checkOverTransports("kill sends no DISCONNECT: forced close", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.emit("kill");
    await peer.closed();
    assert.deepEqual(peer.wire.queue, []);
    assert.equal(await reasonOf(peer.id), "forced close");
  });
});

describe("namespaces: packets out of state", { concurrency: 4 }, () => {
  for (const [what, packet] of [
    ["an event", '42["echo",1]'],
    ["an event with ack", '420["echo",1]'],
    ["an ack", "430[]"],
    ["DISCONNECT", "41"],
    ["CONNECT_ERROR", '44{"message":"x"}'],
  ]) {
    checkOverTransports(`${what} before CONNECT closes`, async (transport, keep) => {
      const peer = keep(await Peer.open(transport));
      const start = Date.now();
      peer.send(packet);
      await peer.closed();
      assert.ok(Date.now() - start < 1200, "only the timeout closed it");
    });
  }

  for (const [what, packet] of [
    ["a second CONNECT", "40"],
    ["a second CONNECT with auth", '40{"a":1}'],
    ["CONNECT_ERROR from the client", '44{"message":"x"}'],
    ["an event in a namespace not joined", '42/admin,["echo",1]'],
    ["DISCONNECT from a namespace not joined", "41/admin,"],
    ["an ack in a namespace not joined", "43/admin,0[]"],
  ]) {
    checkOverTransports(`${what} closes: forced close`, async (transport, keep) => {
      const peer = keep(await Peer.connected(transport));
      peer.send(packet);
      await peer.closed();
      await assertClosedByServer(transport, peer.id);
    });
  }

  checkOverTransports("it closes the other namespaces as well", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    const admin = await peer.join("/admin", TOKEN);
    peer.send("40/admin,");
    await peer.closed();
    for (const id of [peer.id, admin]) await assertClosedByServer(transport, id);
  });
});
