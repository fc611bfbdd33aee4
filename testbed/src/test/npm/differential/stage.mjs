import { randomUUID } from "node:crypto";
import { eventually, within } from "../lib/check.mjs";
import { request } from "../lib/http.mjs";
import { Peer } from "../lib/peer.mjs";
import { PollingSession } from "../lib/polling.mjs";
import { head, WebSocketLine } from "./lines.mjs";
import { Inbox } from "./inbox.mjs";
import { OfficialClient } from "./official.mjs";
import { RawClient } from "./raw.mjs";
import { show, Transcript } from "./transcript.mjs";

const SCRIPT_MS = 20_000;
const PATIENCE_MS = 6000;
const EVENT_TO_ALL = /^4[25].*\["all:|^all:/s;

/** One server and one transport for one run of a script, and everybody who acts in it. */
export class Stage {
  #actors = [];
  #kept = [];
  #count = 0;
  #token = randomUUID().slice(0, 8);

  constructor(base, transport) {
    this.base = base;
    this.transport = transport;
    this.transcript = new Transcript();
  }

  /** The transcript of the script against the server. */
  static async perform(script, base, transport) {
    const stage = new Stage(base, transport);
    try {
      await within(stage.#play(script), SCRIPT_MS, `end of ${script.id}`);
      return stage.transcript.lines();
    } catch (error) {
      const soFar = stage.transcript.lines().join("\n  ");
      throw new Error(`${script.id} against ${base}: ${error.message}\n  ${soFar}`, { cause: error });
    } finally {
      for (const resource of [...stage.#actors, ...stage.#kept]) resource.close();
    }
  }

  async #play(script) {
    await script.run(this);
    for (const actor of this.#actors) await actor.finish();
  }

  /** The next number that no other packet of this run bears. */
  number() {
    return ++this.#count;
  }

  /** A room which only this run uses. */
  room(name) {
    const secret = `${name}-${this.#token}`;
    this.transcript.rename(secret, `<room ${name}>`);
    return secret;
  }

  /** An event for everybody, which only the clients of this run hear. */
  toAll(event) {
    const secret = `all:${this.#token}:${event}`;
    this.transcript.rename(secret, `<all ${event}>`);
    return secret;
  }

  foreign(packet) {
    return typeof packet === "string" && EVENT_TO_ALL.test(packet) && !packet.includes(this.#token);
  }

  note(actor, line) {
    this.transcript.add(actor, line);
  }

  /** A raw connection that has received OPEN. */
  async raw(actor, options) {
    const client = await RawClient.open(this, actor, options);
    this.#actors.push(client);
    if (this.transport === "upgrade" && options?.upgrade !== false && !options?.joining) await client.upgrade();
    return client;
  }

  /** A raw connection that has joined a namespace and received `welcome`. */
  async joined(actor, { namespace = "/", auth, ...options } = {}) {
    const client = await this.raw(actor, { ...options, namespace, joining: true });
    client.id = await client.join(namespace, auth);
    return client;
  }

  official(actor, options) {
    const client = new OfficialClient(this, actor, options);
    this.#actors.push(client);
    return client;
  }

  async ready(actor, options) {
    const client = this.official(actor, options);
    client.id = await client.ready();
    return client;
  }

  /** One request of its own, with its whole answer. */
  async http(actor, path, { method = "GET", headers, body, note = "" } = {}) {
    const shown = Object.entries(headers ?? {}).map(([name, value]) => ` ${name}: ${value}`);
    this.note(actor, `${method} ${path}${shown.join("")}${note}`);
    try {
      const answer = await request(`${this.base}${path}`, { method, headers, body, agent: false, timeoutMs: PATIENCE_MS });
      this.noteAnswer(actor, answer);
      return answer;
    } catch (error) {
      this.note(actor, `fails: ${error.code ?? error.message}`);
      return undefined;
    }
  }

  noteAnswer(actor, answer) {
    const [, sid] = /0\{\\?"sid\\?":\\?"([^"\\]+)/.exec(answer.text) ?? [];
    if (sid) this.transcript.mask(sid, "session");
    this.note(actor, `${head(answer)}; ${show(answer.text)}`);
  }

  /** A polling session whose requests the script makes one by one; `exchange` writes one down. */
  async session(actor, { join = true, ...options } = {}) {
    const session = await PollingSession.open(this.base, options);
    this.#kept.push(session);
    this.transcript.mask(session.sid, "session");
    if (!join) return session;
    await session.post("40");
    const packets = await session.packets(2);
    session.id = JSON.parse(packets[0].slice(2)).sid;
    this.transcript.mask(session.id, "socket");
    return session;
  }

  /** Returns when the server has read all that was sent before: it has answered others who came later. */
  async arrived() {
    for (let i = 0; i < 4; i++) await request(`${this.base}/socket.io/?EIO=4&transport=none`, { agent: false });
  }

  /** Awaits the answer and writes it down without pings; if a ping is all, `session` polls again. */
  async exchange(actor, what, answer, session) {
    this.note(actor, what);
    let found = await answer.catch((error) => error);
    while (session && found.text === "2") {
      await session.post("3");
      found = await session.get();
    }
    if (found instanceof Error) this.note(actor, `fails: ${found.code ?? found.message}`);
    else this.note(actor, `${head(found)}; ${show(found.text.replace(/^2\x1e|\x1e2$/, ""))}`);
    return found;
  }

  /** Packets that polls bring, without pings; the last of them. */
  async packets(actor, session, count) {
    const found = await session.packets(count);
    for (const packet of found) this.note(actor, `< ${show(packet)}`);
    return found.at(-1);
  }

  /** Says whether the session answers events by polling. */
  async alive(actor, session) {
    const answer = await session.post('427777["echo"]').catch((error) => error);
    if (answer.status !== 200) return this.note(actor, `dead: ${answer.status} ${answer.text}`);
    try {
      for (let last; last !== "437777[]"; ) last = await this.packets(actor, session, 1);
    } catch (error) {
      this.note(actor, `dead: ${error.message}`);
    }
    return undefined;
  }

  /** A WebSocket whose frames the script sends; what comes back is taken by `takeFrames`. */
  async webSocket(actor, url, options) {
    const inbox = new Inbox();
    const hear = (packet) => {
      if (packet === "2") line.send(["3"]);
      else if (packet !== "6") inbox.put(packet);
    };
    const line = await WebSocketLine.open(url, { hear, end: (how) => inbox.end(how) }, options);
    this.#kept.push(line);
    return Object.assign(line, { inbox, actor });
  }

  /** Polls until the WebSocket has ended, and writes down how. */
  async pollUntilEnd(session, line) {
    while (!line.inbox.ended) {
      const packets = await session.poll();
      if (packets.includes("2")) await session.post("3");
    }
    await this.takeFrames(line);
  }

  /** A handshake by WebSocket: how it is refused, or the first message. */
  async webSocketAnswer(actor, path, options = {}) {
    this.note(actor, `WebSocket ${path}${options.headers ? ` ${JSON.stringify(options.headers)}` : ""}`);
    const inbox = new Inbox();
    const client = { hear: (packet) => inbox.put(packet), end: (how) => inbox.end(how) };
    const line = new WebSocketLine(`${this.base.replace(/^http/, "ws")}${path}`, client, options);
    this.#kept.push(line);
    line.socket.once("unexpected-response", (sent, response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("close", () => {
        const answer = { status: response.statusCode, headers: response.headers };
        inbox.end(`${head(answer)}; connection: ${response.headers.connection}; ${Buffer.concat(chunks)}`);
      });
    });
    await inbox.available(PATIENCE_MS);
    const first = inbox.next();
    if (first?.startsWith("0{")) this.transcript.mask(JSON.parse(first.slice(1)).sid, "session");
    this.note(actor, first === undefined ? `= ${inbox.how}` : `< ${show(first)}`);
  }

  /** Takes so many frames that are neither pings nor noops, or the end. */
  async takeFrames(line, count = 1) {
    for (let i = 0; i < count; i++) {
      if (!(await line.inbox.available(PATIENCE_MS))) throw new Error(`${line.actor} waited in vain for a frame`);
      if (line.inbox.ended) {
        this.note(line.actor, `= ${line.inbox.how}`);
        return;
      }
      this.note(line.actor, `< ${show(line.inbox.next())}`);
    }
  }

  /** The reason with which the server disconnected the socket, asked by another one. */
  async reasonOf(id) {
    const observer = await Peer.connected("websocket", { base: this.base });
    this.#kept.push(observer);
    const [reason] = await eventually(() => observer.call("reason", id), ([found]) => found !== null, PATIENCE_MS);
    this.note("app", `${id} was disconnected: ${reason}`);
  }
}
