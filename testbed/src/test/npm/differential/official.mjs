import { client } from "../lib/client.mjs";
import { within } from "../lib/check.mjs";
import { Inbox } from "./inbox.mjs";
import { show } from "./transcript.mjs";

const PATIENCE_MS = 7000;

function readable(value) {
  if (Buffer.isBuffer(value)) return { binary: value.toString("hex") };
  if (Array.isArray(value)) return value.map(readable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, readable(member)]));
}

function write(...values) {
  return show(values.map((value) => JSON.stringify(readable(value)) ?? "undefined").join(" "));
}

/** The official client; what it reports to its user stands in the transcript. */
export class OfficialClient {
  constructor(stage, actor, { namespace = "/", ...options } = {}) {
    this.stage = stage;
    this.actor = actor;
    this.inbox = new Inbox();
    this.socket = client(stage.transport, { base: stage.base, nsp: namespace, ...options });
    this.upgraded = this.#whenUpgraded();
    this.listen(this.socket);
  }

  #whenUpgraded() {
    const engine = this.socket.io.engine;
    if (this.stage.transport !== "upgrade") return Promise.resolve();
    return new Promise((resolve) => engine.once("upgrade", resolve).once("close", resolve));
  }

  listen(socket, prefix = "") {
    const put = (line) => this.inbox.put(`${prefix}${line}`);
    socket.on("connect", () => {
      this.stage.transcript.mask(socket.id, "socket");
      put(`connect ${socket.id} recovered ${socket.recovered}`);
    });
    socket.on("connect_error", (error) => put(`connect_error ${write(error.message, error.data)}`));
    socket.on("disconnect", (reason) => put(`disconnect ${reason}`));
    socket.onAny((event, ...args) => {
      if (this.stage.foreign(event)) return;
      put(`event ${write(event, ...args.filter((arg) => typeof arg !== "function"))}`);
    });
  }

  note(line) {
    this.stage.transcript.add(this.actor, line);
  }

  emit(...args) {
    this.note(`emits ${write(...args)}`);
    this.socket.emit(...args);
  }

  /** Emits and writes down the acknowledgement, or the error where the socket has a timeout. */
  async call(...args) {
    await this.callOn(this.socket, ...args);
  }

  async callOn(socket, ...args) {
    this.note(`calls ${write(...args)}`);
    const answer = new Promise((resolve) => socket.emit(...args, (...values) => resolve(values)));
    const values = await within(answer, PATIENCE_MS, `ack of ${args[0]}`);
    await this.#drain();
    const shown = values.map((value) => (value instanceof Error ? `error ${value.message}` : write(value)));
    this.note(`ack ${shown.join(" ")}`);
  }

  async take(count = 1) {
    for (let i = 0; i < count; i++) {
      if (!(await this.inbox.available(PATIENCE_MS))) {
        this.note(`! nothing came within ${PATIENCE_MS} ms`);
        throw new Error(`${this.actor} waited in vain`);
      }
      this.note(this.inbox.next());
    }
  }

  async #drain() {
    for (let item = this.inbox.next(); item !== undefined; item = this.inbox.next()) this.note(item);
  }

  /** Connected and, where the script runs with an upgrade, upgraded; then its `welcome`. */
  async ready() {
    await this.take(2);
    await within(this.upgraded, PATIENCE_MS, "upgrade");
    return this.socket.id;
  }

  async finish() {
    if (this.socket.connected) {
      const answer = new Promise((resolve) => this.socket.emit("echo", resolve));
      await within(answer, PATIENCE_MS, "last ack");
    }
    await this.#drain();
  }

  close() {
    this.socket.io.engine?.close();
    this.socket.close();
  }
}
