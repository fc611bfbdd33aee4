import { WebSocket } from "ws";
import { PollingSession, decodePayload, encodePayload } from "../lib/polling.mjs";

/** Headers of an answer that depend on the HTTP library and the clock, not on Engine.IO; bodies are compared themselves. */
const UNRELATED = new Set(["date", "connection", "keep-alive", "transfer-encoding", "content-length"]);

export function head({ status, headers }) {
  const shown = Object.entries(headers).filter(([name]) => !UNRELATED.has(name));
  return [status, ...shown.sort().map(([name, value]) => `${name}: ${value}`)].join("; ");
}

/** Polls all the time and posts one payload after the other; all of that is reported to the `client`. */
export class PollingLine {
  static async open(base, client, options) {
    const session = await PollingSession.open(base, options);
    return new PollingLine(session, client);
  }

  constructor(session, client) {
    this.session = session;
    this.client = client;
    this.first = session.opened.text;
    this.stopped = false;
    this.posting = Promise.resolve();
    this.heads = new Set();
    client.hear(...decodePayload(this.first));
    this.polling = this.#poll().then((end) => this.stopped || client.end(end));
  }

  async #poll() {
    for (let closed = false; !this.stopped; ) {
      const answer = await this.session.get().catch((error) => error);
      if (this.stopped && answer instanceof Error) return undefined;
      if (answer instanceof Error) return `poll fails: ${answer.code ?? answer.message}`;
      if (answer.status !== 200 || closed) return `poll: ${head(answer)}; ${answer.text}`;
      this.heads.add(head(answer));
      const packets = decodePayload(answer.text);
      closed = packets.includes("1");
      this.client.hear(...packets);
    }
    return undefined;
  }

  /** Posts after what was posted before; the head and text of the answer. */
  send(packets) {
    return this.post(encodePayload(packets));
  }

  post(body, headers) {
    const answer = this.posting.then(() => this.session.post(body, { headers }));
    this.posting = answer.catch(() => {});
    return answer.then(
      (found) => `${head(found)}; ${found.text}`,
      (error) => `fails: ${error.code ?? error.message}`,
    );
  }

  /** Stops at the next answer. */
  async pause() {
    this.stopped = true;
    await this.polling;
    await this.posting;
  }

  close() {
    this.stopped = true;
    this.session.close();
  }
}

/** One WebSocket, open or on its way to be; messages and the end are reported to the `client`. */
export class WebSocketLine {
  static async open(url, client, options = {}) {
    const line = new WebSocketLine(url, client, options);
    await line.opened;
    return line;
  }

  constructor(url, client, options) {
    this.socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.opened = new Promise((resolve) => this.socket.once("open", resolve).once("close", resolve));
    this.socket.on("error", () => {});
    this.socket.on("message", (data, binary) => client.hear(binary ? data : data.toString()));
    this.socket.on("close", (code, reason) => client.end(`WebSocket closed: ${code} "${reason}"`));
    this.heads = new Set();
  }

  send(packets) {
    for (const packet of packets) this.socket.send(packet);
    return Promise.resolve(undefined);
  }

  close() {
    this.socket.terminate();
  }
}
