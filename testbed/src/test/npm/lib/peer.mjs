import assert from "node:assert/strict";
import { eventually } from "./check.mjs";
import { complete, decodeHead, encode } from "./packets.mjs";
import { Wire } from "./wire.mjs";

/** Events with this prefix go to a whole namespace: only a peer that is `tuned` hears them. */
export const TO_ALL = "all:";

/** A hand-made Socket.IO client on a raw connection. */
export class Peer {
  static async open(transport, options) {
    return new Peer(await Wire.open(transport, options));
  }

  static async connected(transport, { nsp = "/", auth, ...options } = {}) {
    const peer = await Peer.open(transport, options);
    peer.id = await peer.join(nsp, auth);
    return peer;
  }

  constructor(wire) {
    this.wire = wire;
    this.kept = [];
    this.acks = 0;
    this.tuned = false;
  }

  send(...packets) {
    this.wire.send(...packets);
  }

  /** Joins a namespace and takes its `welcome`; the id of the new socket. */
  async join(nsp = "/", auth) {
    this.send(...encode(0, { nsp, data: auth }));
    const answer = await this.packet();
    assert.equal(answer.type, 0, answer.raw);
    const welcome = await this.packet();
    assert.deepEqual(welcome.data, ["welcome", { id: answer.data.sid, auth: auth ?? {} }]);
    return answer.data.sid;
  }

  emit(...args) {
    this.send(...encode(2, { data: args }));
  }

  emitIn(nsp, ...args) {
    this.send(...encode(2, { nsp, data: args }));
  }

  acknowledge({ id, nsp }, ...args) {
    this.send(...encode(3, { nsp, id, data: args }));
  }

  call(...args) {
    return this.callIn("/", ...args);
  }

  /** Emits with an ack id; the arguments of the ack. Other packets stay for `packet`. */
  async callIn(nsp, ...args) {
    const id = this.acks++;
    this.send(...encode(2, { nsp, id, data: args }));
    for (;;) {
      const packet = await this.#read();
      if (packet.type === 3 && packet.id === id && packet.nsp === nsp) return packet.data;
      this.kept.push(packet);
    }
  }

  packet(ms) {
    return this.kept.length > 0 ? Promise.resolve(this.kept.shift()) : this.#read(ms);
  }

  async data(ms) {
    return (await this.packet(ms)).data;
  }

  async #read(ms) {
    for (;;) {
      const packet = await this.#assemble(ms);
      const foreign = packet.type === 2 && String(packet.data[0]).startsWith(TO_ALL);
      if (this.tuned || !foreign) return packet;
    }
  }

  async #assemble(ms) {
    const text = await this.wire.next(ms);
    assert.equal(typeof text, "string", "text packet expected");
    const packet = decodeHead(text);
    while (packet.attachments.length < packet.count) {
      const attachment = await this.wire.next(ms);
      assert.ok(Buffer.isBuffer(attachment), `attachment expected, not ${attachment}`);
      packet.attachments.push(attachment);
    }
    return complete(packet);
  }

  /** Fails unless the connection still answers. */
  async alive(nsp = "/") {
    assert.deepEqual(await this.callIn(nsp, "echo", "alive"), ["alive"]);
  }

  closed(ms) {
    return this.wire.closed(ms);
  }

  close() {
    this.wire.close();
  }
}

/** The reason with which the server disconnected the socket, asked through another connection. */
export async function reasonOf(id, ms = 3000) {
  const observer = await Peer.connected("websocket");
  try {
    const [reason] = await eventually(() => observer.call("reason", id), ([found]) => found !== null, ms);
    return reason;
  } finally {
    observer.close();
  }
}
