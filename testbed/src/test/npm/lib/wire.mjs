import { CONFORMANCE_URL } from "./env.mjs";
import { within } from "./check.mjs";
import { PollingSession, decodePayload, encodePayload } from "./polling.mjs";
import { Frames } from "./websocket.mjs";

/** Polls all the time; packets go out in order, one POST at a time. */
class PollingLine {
  constructor(session, receive, end) {
    this.session = session;
    this.posts = Promise.resolve();
    this.stopped = false;
    this.running = this.#run(receive).then(end, end);
  }

  async #run(receive) {
    while (!this.stopped) {
      const answer = await this.session.get({ timeoutMs: 10_000 });
      if (answer.status !== 200) return;
      const packets = decodePayload(answer.text);
      packets.forEach(receive);
      if (packets.includes("1")) return;
    }
  }

  send(packets) {
    this.posts = this.posts.then(() => this.session.post(encodePayload(packets))).catch(() => {});
  }

  /** Stops at the next answer, which the upgrade brings soon. */
  async pause() {
    this.stopped = true;
    await this.running;
    await this.posts;
  }

  close() {
    this.stopped = true;
    this.session.close();
  }
}

class WebSocketLine {
  constructor(frames, receive, end) {
    this.frames = frames;
    frames.queue.splice(0).forEach(receive);
    frames.socket.on("message", (data, binary) => receive(binary ? data : data.toString()));
    frames.ended.then(end);
  }

  send(packets) {
    this.frames.send(...packets);
  }

  close() {
    this.frames.close();
  }
}

/** A raw Engine.IO connection over any transport: packets as strings, binary messages as Buffers. */
export class Wire {
  static async open(transport, { base = CONFORMANCE_URL, query = "", pong = true, headers } = {}) {
    const wire = new Wire(transport, pong);
    if (transport === "websocket") await wire.#openWebSocket(base, query, headers);
    else await wire.#openPolling(base, query, headers);
    if (transport === "upgrade") await wire.upgrade();
    return wire;
  }

  constructor(transport, pong) {
    this.transport = transport;
    this.pong = pong;
    this.queue = [];
    this.pings = [];
    this.wakers = [];
    this.ended = false;
    this.receive = (packet) => this.#receive(packet);
    this.end = () => {
      this.ended = true;
      this.#wake();
    };
  }

  async #openWebSocket(base, query, headers) {
    const url = `${base.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket${query}`;
    const frames = await Frames.open(url, { headers });
    this.handshake = JSON.parse((await frames.next()).slice(1));
    this.line = new WebSocketLine(frames, this.receive, this.end);
  }

  async #openPolling(base, query, headers) {
    this.session = await PollingSession.open(base, { query, headers });
    this.handshake = this.session.handshake;
    this.line = new PollingLine(this.session, this.receive, () => this.switching || this.end());
  }

  /** The whole upgrade as the official client does it: probe, pause of polling, switch. */
  async upgrade() {
    const frames = await Frames.open(this.session.webSocketUrl);
    frames.send("2probe");
    const answer = await frames.next();
    if (answer !== "3probe") throw new Error(`answer to the probe: ${answer}`);
    this.switching = true;
    await within(this.line.pause(), 4000, "answer to the pending poll");
    this.switching = false;
    this.line = new WebSocketLine(frames, this.receive, this.end);
    frames.send("5");
  }

  #receive(packet) {
    if (packet === "6" || packet === "1") return;
    if (packet === "2") {
      this.pings.push(Date.now());
      if (this.pong) this.line.send(["3"]);
      return;
    }
    this.queue.push(packet);
    this.#wake();
  }

  #wake() {
    this.wakers.splice(0).forEach((wake) => wake());
  }

  send(...packets) {
    this.line.send(packets);
  }

  /** The next packet that is no ping, noop or close; fails when the connection ends first. */
  async next(ms = 4000) {
    await this.#until(() => this.queue.length > 0 || this.ended, ms, "packet");
    if (this.queue.length === 0) throw new Error("the connection ended");
    return this.queue.shift();
  }

  closed(ms = 4000) {
    return this.#until(() => this.ended, ms, "end of the connection");
  }

  async #until(fact, ms, what) {
    const deadline = Date.now() + ms;
    while (!fact()) {
      const arrival = new Promise((resolve) => this.wakers.push(resolve));
      await within(arrival, Math.max(1, deadline - Date.now()), what);
    }
  }

  close() {
    this.line.close();
    this.session?.close();
  }
}
