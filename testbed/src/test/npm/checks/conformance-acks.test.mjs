import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkOverTransports, eventually, sleep } from "../lib/check.mjs";
import { call, collect, connected, next } from "../lib/client.mjs";
import { Peer } from "../lib/peer.mjs";

/** The answer of the app to what the client acknowledges with these arguments. */
async function askedWith(socket, answer, ...question) {
  const asked = new Promise((resolve) => {
    socket.once("question", (...args) => {
      args.pop()(...answer);
      resolve(args);
    });
  });
  const answered = next(socket, "answer");
  socket.emit("ask", ...question);
  return { asked: await asked, answered: await answered };
}

describe("acks asked by the client", { concurrency: 4 }, () => {
  checkOverTransports("twice: only the first is sent", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    assert.deepEqual(await peer.call("twice"), ["first"]);
    await peer.alive();
    assert.deepEqual(peer.kept, []);
  });

  checkOverTransports("late: an ack may come late, and out of order", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const order = [];
    const late = call(socket, "late", 600).then((args) => order.push(...args));
    await call(socket, "echo", "early").then((args) => order.push(...args));
    await late;
    assert.deepEqual(order, ["early", "late"]);
  });

  checkOverTransports("late: beyond the client's timeout it is an error, once", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const outcomes = [];
    socket.timeout(50).emit("late", 150, (error, value) => outcomes.push(error ? "timeout" : value));
    await sleep(300);
    assert.deepEqual(outcomes, ["timeout"]);
    assert.deepEqual(await call(socket, "echo", 1), [1]);
  });

  checkOverTransports("ignore: never acknowledged", async (transport, keep) => {
    const socket = keep(await connected(transport));
    await assert.rejects(socket.timeout(150).emitWithAck("ignore", "x"), /timed out/);
  });

  checkOverTransports("an ack without arguments", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.send(`427["join","acks-${transport}"]`);
    assert.equal((await peer.packet()).raw, "437[]");
  });

  checkOverTransports("an ack with binary", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const value = { a: [Buffer.from([1]), { b: Buffer.from([2, 3]) }], c: "text" };
    assert.deepEqual(await call(socket, "echo", value, Buffer.alloc(0)), [value, Buffer.alloc(0)]);
  });

  checkOverTransports("200 acks under way, each finds its own", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => call(socket, "echo", i)));
    assert.deepEqual(answers.flat(), Array.from({ length: 200 }, (_, i) => i));
  });

  checkOverTransports("the ids of two namespaces do not mix", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    await peer.join("/admin", { token: "s3cret" });
    peer.send('425["echo","main"]', '42/admin,5["echo","admin"]');
    const packets = [(await peer.packet()).raw, (await peer.packet()).raw];
    assert.deepEqual(packets.sort(), ['43/admin,5["admin"]', '435["main"]']);
  });

  checkOverTransports("an ack id may be used again", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.send('421["echo","a"]', '421["echo","b"]');
    assert.deepEqual([(await peer.packet()).raw, (await peer.packet()).raw], ['431["a"]', '431["b"]']);
  });
});

describe("acks asked by the server", { concurrency: 4 }, () => {
  for (const [what, ...answer] of [
    ["one value", "yes"],
    ["several values", 1, null, "three", { four: [4] }],
    ["no value"],
    ["binary", Buffer.from([1, 2, 3])],
    ["binary deep inside", { list: [Buffer.from([9]), "x"] }],
  ]) {
    checkOverTransports(`ask: answered with ${what}`, async (transport, keep) => {
      const socket = keep(await connected(transport));
      const { asked, answered } = await askedWith(socket, answer, "why", 1, Buffer.from([7]));
      assert.deepEqual(asked, ["why", 1, Buffer.from([7])]);
      assert.deepEqual(answered, answer);
    });
  }

  checkOverTransports("ask: several questions under way, answered backwards", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    for (const name of ["a", "b", "c"]) peer.emit("ask", name);
    const questions = [await peer.packet(), await peer.packet(), await peer.packet()];
    assert.deepEqual(questions.map(({ data }) => data[1]), ["a", "b", "c"]);
    assert.equal(new Set(questions.map(({ id }) => id)).size, 3);
    for (const question of questions.reverse()) peer.acknowledge(question, question.data[1]);
    const answers = [await peer.data(), await peer.data(), await peer.data()];
    assert.deepEqual(answers, [["answer", "c"], ["answer", "b"], ["answer", "a"]]);
  });

  checkOverTransports("ask: a second ack with the same id does nothing", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.emit("ask", "once");
    const question = await peer.packet();
    peer.acknowledge(question, 1);
    peer.acknowledge(question, 2);
    assert.deepEqual(await peer.data(), ["answer", 1]);
    await peer.alive();
    assert.deepEqual(peer.kept, []);
  });

  checkOverTransports("ask: an ack with another id does nothing", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.emit("ask", "once");
    const question = await peer.packet();
    peer.acknowledge({ ...question, id: question.id + 1000 }, "wrong");
    await peer.alive();
    peer.acknowledge(question, "right");
    assert.deepEqual(await peer.data(), ["answer", "right"]);
  });

  checkOverTransports("ask: an ack of another socket does nothing", async (transport, keep) => {
    const [peer, other] = [keep(await Peer.connected(transport)), keep(await Peer.connected(transport))];
    peer.emit("ask", "mine");
    const question = await peer.packet();
    other.acknowledge(question, "stolen");
    await other.alive();
    peer.acknowledge(question, "mine");
    assert.deepEqual(await peer.data(), ["answer", "mine"]);
    assert.deepEqual(other.kept, []);
  });

  checkOverTransports("ask: in another namespace", async (transport, keep) => {
    const socket = keep(await connected(transport, { nsp: "/admin", auth: { token: "s3cret" } }));
    const { answered } = await askedWith(socket, ["ok"], 1);
    assert.deepEqual(answered, ["ok"]);
  });

  checkOverTransports("ask-timeout: answered in time", async (transport, keep) => {
    const socket = keep(await connected(transport));
    socket.once("question", (what, ack) => ack(`${what} answer`));
    const asked = next(socket, "asked");
    socket.emit("ask-timeout", 1000);
    assert.deepEqual(await asked, [{ timedOut: false, answer: "timed answer" }]);
  });

  checkOverTransports("ask-timeout: not answered", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const start = Date.now();
    const asked = next(socket, "asked");
    socket.emit("ask-timeout", 200);
    assert.deepEqual(await asked, [{ timedOut: true, answer: null }]);
    assert.ok(Date.now() - start >= 190);
  });

  checkOverTransports("ask-timeout: an answer too late changes nothing", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const outcomes = collect(socket, "asked");
    socket.once("question", (what, ack) => setTimeout(ack, 250, "late"));
    socket.emit("ask-timeout", 100);
    await sleep(450);
    assert.deepEqual(outcomes, [{ timedOut: true, answer: null }]);
    assert.deepEqual(await call(socket, "echo", 1), [1]);
  });

  checkOverTransports("ask-timeout: twenty at once", async (transport, keep) => {
    const socket = keep(await connected(transport));
    const outcomes = collect(socket, "asked");
    let questions = 0;
    socket.on("question", (what, ack) => questions++ % 2 === 0 && ack("even"));
    for (let i = 0; i < 20; i++) socket.emit("ask-timeout", 800);
    await eventually(() => outcomes.length, (length) => length === 20);
    assert.equal(outcomes.filter(({ timedOut }) => timedOut).length, 10);
  });
});
