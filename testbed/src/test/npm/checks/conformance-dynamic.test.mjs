import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkOverTransports } from "../lib/check.mjs";
import { call, client, collect, connected, next } from "../lib/client.mjs";
import { Peer } from "../lib/peer.mjs";

describe("dynamic namespaces", { concurrency: 4 }, () => {
  checkOverTransports("/dyn-<digits> is open for anybody", async (transport, keep) => {
    const peer = keep(await Peer.open(transport));
    await peer.join("/dyn-101", { a: 1 });
    await peer.alive("/dyn-101");
    assert.equal((await peer.callIn("/dyn-101", "whoami"))[0].nsp, "/dyn-101");
  });

  for (const name of ["/dyn-", "/dyn-x", "/dyn-1x", "/xdyn-1", "/dyn-1/", "/a/dyn-1", "/DYN-1", "/dyn--1", "/dyn-1\n"]) {
    checkOverTransports(`${JSON.stringify(name)} does not match`, async (transport, keep) => {
      const peer = keep(await Peer.open(transport));
      peer.send(`40${name},`);
      const { type, nsp, data } = await peer.packet();
      assert.deepEqual([type, nsp, data], [4, name, { message: "Invalid namespace" }]);
    });
  }

  checkOverTransports("two of them are two namespaces", async (transport, keep) => {
    const [one, two] = [
      keep(await connected(transport, { nsp: "/dyn-1" })),
      keep(await connected(transport, { nsp: "/dyn-2" })),
    ];
    const room = `dynamic-${transport}`;
    const heard = [collect(one, "heard"), collect(two, "heard")];
    await call(one, "join", room);
    await call(two, "join", room);
    await call(one, "to", [room], [], "heard", "first");
    await call(one, "echo");
    await call(two, "echo");
    assert.deepEqual(heard, [["first"], []]);
    assert.deepEqual(await call(two, "members", room), [[two.id]]);
  });

  checkOverTransports("one of them is shared by its clients", async (transport, keep) => {
    const nsp = `/dyn-${7000 + ["polling", "websocket", "upgrade"].indexOf(transport)}`;
    const [one, two] = [keep(await connected(transport, { nsp })), keep(await connected(transport, { nsp }))];
    const heard = next(two, "all:dynamic");
    await call(one, "broadcast", "all:dynamic", Buffer.from([1]));
    assert.deepEqual(await heard, [Buffer.from([1])]);
  });

  checkOverTransports("it may be joined again after all have left", async (transport, keep) => {
    const first = keep(await connected(transport, { nsp: "/dyn-55" }));
    first.disconnect();
    const second = keep(await connected(transport, { nsp: "/dyn-55" }));
    assert.deepEqual(await call(second, "echo", 1), [1]);
  });

  checkOverTransports("several on one connection, beside the main one", async (transport, keep) => {
    const main = keep(await connected(transport));
    const others = [1, 2, 3].map((i) => keep(main.io.socket(`/dyn-${i}`)));
    await Promise.all(others.map((other) => next(other, "connect")));
    for (const [i, other] of others.entries()) assert.equal((await call(other, "whoami"))[0].nsp, `/dyn-${i + 1}`);
    assert.equal((await call(main, "whoami"))[0].nsp, "/");
  });

  checkOverTransports("the client is told of an invalid one", async (transport, keep) => {
    const socket = keep(client(transport, { nsp: "/dyn-x" }));
    assert.equal((await next(socket, "connect_error"))[0].message, "Invalid namespace");
  });
});
