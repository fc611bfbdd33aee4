import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkOverTransports } from "../lib/check.mjs";
import { Peer, reasonOf } from "../lib/peer.mjs";

/** Node calls an undecodable Socket.IO packet a forced close; a reason of its own is as good. */
const UNDECODABLE = ["forced close", "parse error"];
const hole = (num) => `{"_placeholder":true,"num":${num}}`;
const BYTES = Buffer.from([1, 2, 3]);

describe("packets: what is well formed", { concurrency: 4 }, () => {
  for (const [what, sent, back] of [
    ["ack id 0", '420["echo","a"]', '430["a"]'],
    ["ack id of several digits", '4212345["echo","a"]', '4312345["a"]'],
    ["the largest safe ack id", '429007199254740991["echo"]', "439007199254740991[]"],
    ["no argument", '421["echo"]', "431[]"],
    ["space inside the JSON", '421["echo" , { "a" : [ 1 , 2 ] } ]', '431[{"a":[1,2]}]'],
    ["null, booleans and numbers", '421["echo",null,true,false,0,-1.5]', "431[null,true,false,0,-1.5]"],
    ["empty containers", '421["echo",[],{},""]', '431[[],{},""]'],
    ["a placeholder in a text event is data", `421["echo",${hole(0)}]`, `431[${hole(0)}]`],
    ["digits at the begin of a string", '421["echo","1-/x,2"]', '431["1-/x,2"]'],
    ["escapes", '421["\\u0065cho","\\u20ac\\n\\"\\\\"]', '431["€\\n\\"\\\\"]'],
  ]) {
    checkOverTransports(what, async (transport, keep) => {
      const peer = keep(await Peer.connected(transport));
      peer.send(sent);
      assert.equal((await peer.packet()).raw, back);
    });
  }

  for (const [what, packet] of [
    ["an unknown event", '42["nobody-listens",1]'],
    ["a number as event name", "42[5,1]"],
    ["an ack that nobody waits for", "43999[1]"],
    ["a binary ack that nobody waits for", [`461-999[${hole(0)}]`, BYTES]],
    ["an event called message", '42["message","x"]'],
    ["an event called error", '42["error","x"]'],
    ["an empty event name", '42["",1]'],
    ["a property of objects as event name", '42["__proto__",1]'],
  ]) {
    checkOverTransports(`${what} is ignored`, async (transport, keep) => {
      const peer = keep(await Peer.connected(transport));
      peer.send(...[packet].flat());
      await peer.alive();
    });
  }

  checkOverTransports("ten attachments, named in any order", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    const holes = Array.from({ length: 10 }, (_, i) => hole(9 - i)).join();
    const parts = Array.from({ length: 10 }, (_, i) => Buffer.from([i]));
    peer.send(`4510-1["types",${holes}]`, ...parts);
    assert.deepEqual(await peer.data(), [Array.from({ length: 10 }, (_, i) => `binary:1:${9 - i}`)]);
  });

  checkOverTransports("the namespace follows the attachments", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport, { nsp: "/admin", auth: { token: "s3cret" } }));
    peer.send(`451-/admin,7["echo",${hole(0)}]`, BYTES);
    const back = await peer.packet();
    assert.equal(back.raw, `461-/admin,7[${hole(0)}]`);
    assert.deepEqual(back.data, [BYTES]);
  });
});

describe("packets: what closes the connection", { concurrency: 4 }, () => {
  for (const [what, ...packets] of [
    ["no type", "4"],
    ["type 7", "47"],
    ["type 9", '49["echo"]'],
    ["a letter for type", "4abc"],
    ["an object for event", "42{}"],
    ["a string for event", '42"echo"'],
    ["null for event", "42null"],
    ["an empty event", "42[]"],
    ["null as event name", "42[null]"],
    ["a boolean as event name", "42[true]"],
    ["an array as event name", '42[["echo"]]'],
    ["an object as event name", '42[{"toString":1}]'],
    ["truncated JSON", '42["echo"'],
    ["something behind the JSON", '42["echo"]x'],
    ["two JSON values", '42["echo"]["echo"]'],
    ["single quotes", "42['echo']"],
    ["a bare word", "42[echo]"],
    ["NaN", '42["echo",NaN]'],
    ["a raw line feed in a string", '42["echo","\n"]'],
    ["an invalid escape", '42["echo","\\x"]'],
    ["letters for ack id", '42abc["echo"]'],
    ["a negative ack id", '42-1["echo"]'],
    ["an object for ack", "430{}"],
    ["a string for ack", '430"x"'],
    ["DISCONNECT with payload", '41{"a":1}'],
    ["CONNECT with an array", "40[]"],
    ["CONNECT with a string", '40/admin,"x"'],
    ["CONNECT with null", "40/admin,null"],
    ["CONNECT with truncated JSON", '40/admin,{"a"'],
    ["a binary event without count", `45["echo",${hole(0)}]`, BYTES],
    ["a count without digits", `45-["echo",${hole(0)}]`, BYTES],
    ["a count of letters", `45x-["echo",${hole(0)}]`, BYTES],
    ["a negative count", `45-1-["echo",${hole(0)}]`, BYTES],
    ["a broken count", `451.5-["echo",${hole(0)}]`, BYTES],
    ["a count without hyphen", `451["echo",${hole(0)}]`, BYTES],
    ["eleven attachments", `4511-["echo",${hole(0)}]`],
    ["a billion attachments", `451000000000-["echo",${hole(0)}]`],
    ["binary without an event", BYTES],
    ["more binary than announced", `451-["ignore",${hole(0)}]`, BYTES, BYTES],
    ["text instead of an attachment", `451-["ignore",${hole(0)}]`, '42["ignore"]'],
    ["text between two attachments", `452-["ignore",${hole(0)},${hole(1)}]`, BYTES, '42["ignore"]'],
    ["a placeholder beyond the attachments", `451-["ignore",${hole(1)}]`, BYTES],
    ["a negative placeholder", `451-["ignore",${hole(-1)}]`, BYTES],
    ["a string for placeholder", `451-["ignore",${hole('"0"')}]`, BYTES],
    ["a placeholder without number", '451-["ignore",{"_placeholder":true}]', BYTES],
    ["a placeholder of a prototype", `451-["ignore",${hole('"splice"')}]`, BYTES],
    ["a placeholder for event name", `451-[${hole(0)}]`, BYTES],
    ...["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"].map((name) => [
      `the reserved event ${name}`,
      `42["${name}","x"]`,
    ]),
    ["a reserved event in disguise", '42["\\u0064isconnect","x"]'],
    ["a reserved binary event", `451-["disconnect",${hole(0)}]`, BYTES],
  ]) {
    checkOverTransports(what, async (transport, keep) => {
      const peer = keep(await Peer.connected(transport));
      peer.send(...packets);
      await peer.closed();
      const reason = await reasonOf(peer.id);
      assert.ok(UNDECODABLE.includes(reason), reason);
    });
  }
});

describe("packets: what may be served or refused, but harms nobody else", { concurrency: 4 }, () => {
  for (const [what, ...packets] of [
    ["zero attachments", '450-["ignore"]'],
    ["an event without payload", "42"],
    ["an ack without payload", "430"],
    ["an ack id beyond 64 bits", '4299999999999999999999["ignore"]'],
    ["a placeholder used twice", `451-["ignore",${hole(0)},${hole(0)}]`, BYTES],
    ["an attachment that no placeholder names", '451-["ignore","x"]', BYTES],
    ["a lone surrogate", '42["ignore","\\ud800"]'],
    ["JSON 100,000 deep", `42["ignore",${"[".repeat(100_000)}${"]".repeat(100_000)}]`],
    ["JSON 100,000 deep that never ends", `42["ignore",${'{"a":'.repeat(100_000)}`],
    ["a number beyond all", '42["ignore",1e400,-1e400]'],
    ["a number of 10,000 digits", `42["ignore",${"9".repeat(10_000)}]`],
    ["10,000 members", `42["ignore",{${Array.from({ length: 10_000 }, (_, i) => `"k${i}":${i}`).join()}}]`],
    ["a namespace of 100,000 letters", `40/${"n".repeat(100_000)},`],
    ["an ack id of 100,000 digits", `42${"1".repeat(100_000)}["ignore"]`],
  ]) {
    checkOverTransports(what, async (transport, keep) => {
      const witness = keep(await Peer.connected("websocket"));
      const peer = keep(await Peer.connected(transport));
      peer.send(...packets);
      await witness.alive();
      const next = await Peer.connected(transport);
      await keep(next).alive();
    });
  }

  checkOverTransports("an attachment that never comes", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.send(`451-["ignore",${hole(0)}]`);
    peer.close();
    await keep(await Peer.connected(transport)).alive();
  });

  checkOverTransports("zero attachments do not spoil the next packet, or close", async (transport, keep) => {
    const peer = keep(await Peer.connected(transport));
    peer.send('450-1["echo","a"]', '422["echo","b"]');
    const packets = [];
    try {
      while (packets.length < 2) packets.push((await peer.packet(2000)).raw);
    } catch (error) {
      assert.match(error.message, /ended/);
      return;
    }
    assert.deepEqual(packets, ['431["a"]', '432["b"]']);
  });
});
