import http from "node:http";
import { request } from "./http.mjs";

const SEPARATOR = "\x1e";

export function decodePayload(text) {
  return text.split(SEPARATOR).map((packet) => {
    return packet.startsWith("b") ? Buffer.from(packet.slice(1), "base64") : packet;
  });
}

export function encodePayload(packets) {
  return packets
    .map((packet) => (Buffer.isBuffer(packet) ? `b${packet.toString("base64")}` : packet))
    .join(SEPARATOR);
}

/** An Engine.IO session over polling, where each request is made by hand. */
export class PollingSession {
  static async open(base, { path = "/socket.io/", query = "", headers = {} } = {}) {
    const agent = new http.Agent({ keepAlive: true });
    const url = `${base}${path}?EIO=4&transport=polling${query}`;
    const opened = await request(url, { agent, headers });
    if (opened.status !== 200) throw new Error(`handshake: ${opened.status} ${opened.text}`);
    return new PollingSession(base, path, agent, opened);
  }

  constructor(base, path, agent, opened) {
    this.agent = agent;
    this.opened = opened;
    this.handshake = JSON.parse(opened.text.slice(1));
    this.sid = this.handshake.sid;
    this.url = `${base}${path}?EIO=4&transport=polling&sid=${this.sid}`;
    this.webSocketUrl = `${base.replace(/^http/, "ws")}${path}?EIO=4&transport=websocket&sid=${this.sid}`;
  }

  get(options) {
    return request(this.url, { agent: this.agent, ...options });
  }

  post(body, options = {}) {
    const headers = { "Content-Type": "text/plain;charset=UTF-8", ...options.headers };
    return request(this.url, { method: "POST", body, agent: this.agent, ...options, headers });
  }

  async poll() {
    const answer = await this.get();
    if (answer.status !== 200) throw new Error(`poll: ${answer.status} ${answer.text}`);
    return decodePayload(answer.text);
  }

  /** Polls, answering pings, until so many other packets have arrived. */
  async packets(count, ms = 4000) {
    const found = [];
    const deadline = Date.now() + ms;
    while (found.length < count) {
      if (Date.now() > deadline) throw new Error(`${found.length} of ${count} packets within ${ms} ms`);
      for (const packet of await this.poll()) {
        if (packet === "2") await this.post("3");
        else if (packet !== "6") found.push(packet);
      }
    }
    return found;
  }

  /** Whether the server has forgotten the session, after at most one last answer. */
  async gone() {
    const answers = [await this.get(), await this.get()];
    return answers.at(-1).status === 400 && answers.at(-1).json().code === 1;
  }

  close() {
    this.agent.destroy();
  }
}
