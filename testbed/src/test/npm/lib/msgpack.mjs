import assert from "node:assert/strict";
import { encode as notepack } from "notepack.io";
import parser from "socket.io-msgpack-parser";
import { MSGPACK_URL } from "./env.mjs";
import { Wire } from "./wire.mjs";

/** The options of an official client that speaks MessagePack. */
export const MSGPACK = { base: MSGPACK_URL, parser };

/** A packet as the official encoder writes it; bytes as they are. */
export function encode(packet) {
  return Buffer.isBuffer(packet) ? packet : notepack(packet);
}

/** What the official decoder makes of a message, which must be a packet. */
export function decode(message) {
  assert.ok(Buffer.isBuffer(message), `binary expected, not ${message}`);
  const decoder = new parser.Decoder();
  let packet;
  decoder.on("decoded", (decoded) => (packet = decoded));
  decoder.add(message);
  return packet;
}

/** A hand-made client that speaks MessagePack on a raw connection. */
export class MsgpackPeer {
  static async open(transport) {
    return new MsgpackPeer(await Wire.open(transport, { base: MSGPACK_URL }));
  }

  static async connected(transport) {
    const peer = await MsgpackPeer.open(transport);
    peer.send({ type: 0, nsp: "/" });
    const { type, nsp, data } = await peer.packet();
    assert.deepEqual([type, nsp], [0, "/"]);
    peer.id = data.sid;
    const welcome = await peer.packet();
    assert.deepEqual(welcome.data, ["welcome", { id: peer.id, auth: {} }]);
    return peer;
  }

  constructor(wire) {
    this.wire = wire;
  }

  /** Packets as objects, messages as bytes or text. */
  send(...packets) {
    this.wire.send(...packets.map((packet) => (typeof packet === "string" ? packet : encode(packet))));
  }

  async packet() {
    return decode(await this.wire.next());
  }

  /** Fails unless the connection still answers. */
  async alive() {
    this.send({ type: 2, nsp: "/", id: 77, data: ["echo", "alive"] });
    assert.deepEqual(await this.packet(), { type: 3, nsp: "/", id: 77, data: ["alive"] });
  }

  closed() {
    return this.wire.closed();
  }

  close() {
    this.wire.close();
  }
}
