import { Inbox } from "./inbox.mjs";
import { PollingLine, WebSocketLine } from "./lines.mjs";
import { show } from "./transcript.mjs";

const PATIENCE_MS = 7000;
const ASKS_ACK = /^(4[25](?:\d+-)?(?:\/[^,]*,)?)(\d+)(\[.*)$/s;
const CONNECTED = /^40(?:\/[^,]*,)?\{.*"sid":"([^"]+)"/s;
const SETTLED = "7777";

/** A client without any logic but pongs: what it sends and takes stands in the transcript byte by byte. */
export class RawClient {
  static async open(stage, actor, { query = "", headers, namespace = "/" } = {}) {
    const client = new RawClient(stage, actor);
    if (stage.transport === "websocket") {
      const url = `${stage.base.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket${query}`;
      client.line = await WebSocketLine.open(url, client, { headers });
    } else {
      client.line = await PollingLine.open(stage.base, client, { query, headers });
    }
    client.namespace = namespace;
    await client.take();
    return client;
  }

  constructor(stage, actor) {
    this.stage = stage;
    this.actor = actor;
    this.inbox = new Inbox();
    this.joined = [];
    this.posts = [];
    this.sending = [];
    this.acks = new Map();
    this.settling = 0;
    this.silent = false;
  }

  hear(...packets) {
    for (const packet of packets) {
      if (packet === "2") this.#pong();
      else if (packet !== "6" && !this.stage.foreign(packet)) this.inbox.put(packet);
    }
  }

  #pong() {
    if (!this.silent) void this.line.send(["3"]);
  }

  end(how) {
    this.inbox.end(how);
  }

  note(line) {
    this.stage.transcript.add(this.actor, line);
  }

  /** Sends the packets at once: in one POST or as frames. */
  send(...packets) {
    for (const packet of packets) this.note(`> ${show(this.#withAckName(packet))}`);
    const index = this.posts.push(undefined) - 1;
    return this.#answered(index, this.line.send(packets));
  }

  /** Posts this body as it is. */
  post(body, headers) {
    this.note(`> POST ${show(body)}${headers ? ` ${JSON.stringify(headers)}` : ""}`);
    const index = this.posts.push(undefined) - 1;
    return this.#answered(index, this.line.post(body, headers));
  }

  #answered(index, answer) {
    const noted = answer.then((text) => (this.posts[index] = text));
    this.sending.push(noted);
    return noted;
  }

  #withAckName(packet) {
    if (Buffer.isBuffer(packet)) return packet;
    const [, begin, id, rest] = /^(4[36](?:\d+-)?(?:\/[^,]*,)?)(\d+)(.*)$/s.exec(packet) ?? [];
    return this.acks.has(id) ? `${begin}${this.acks.get(id)}${rest}` : packet;
  }

  emit(...args) {
    return this.send(`42${this.#prefix()}${JSON.stringify(args)}`);
  }

  /** Emits and takes everything up to the acknowledgement; its arguments. */
  async call(...args) {
    const id = String(this.stage.number());
    const prefix = this.#prefix();
    this.send(`42${prefix}${id}${JSON.stringify(args)}`);
    const answer = await this.until((packet) => packet.startsWith?.(`43${prefix}${id}[`));
    return answer === undefined ? undefined : JSON.parse(answer.slice(answer.indexOf("[")));
  }

  /** Answers the packet that asked for an acknowledgement. */
  answer(asked, ...args) {
    const [, begin, id] = ASKS_ACK.exec(asked) ?? [];
    return this.send(`43${begin.slice(2).replace(/^\d+-/, "")}${id}${JSON.stringify(args)}`);
  }

  #prefix() {
    return this.namespace === "/" ? "" : `${this.namespace},`;
  }

  /** Joins a namespace, and upgrades afterwards where the script runs with an upgrade. */
  async join(namespace = "/", auth) {
    const prefix = namespace === "/" ? "" : `${namespace},`;
    this.send(`40${prefix}${auth === undefined ? "" : JSON.stringify(auth)}`);
    const answer = await this.take();
    if (!answer?.startsWith("40")) return undefined;
    await this.take();
    this.joined.push(namespace);
    if (this.stage.transport === "upgrade" && this.line instanceof PollingLine) await this.upgrade();
    return CONNECTED.exec(answer)[1];
  }

  /** As the official client: probe, pause of polling, switch. */
  async upgrade() {
    const polling = this.line;
    const answers = new Inbox();
    const probe = { hear: (...packets) => answers.put(...packets), end: (how) => answers.end(how) };
    const line = await WebSocketLine.open(polling.session.webSocketUrl, {
      hear: (...packets) => probe.hear(...packets),
      end: (how) => probe.end(how),
    });
    line.send(["2probe"]);
    await answers.available(PATIENCE_MS);
    this.note(`upgrade: ${answers.next() ?? answers.how}`);
    await polling.pause();
    probe.hear = (...packets) => this.hear(...packets);
    probe.end = (how) => this.end(how);
    this.line = line;
    this.polled = polling;
    line.send(["5"]);
  }

  /** Takes so many packets in the order of their arrival; the last of them. */
  async take(count = 1) {
    let packet;
    for (let i = 0; i < count; i++) packet = await this.#takeOne();
    return packet;
  }

  /** Takes so many packets whose order counts only within a namespace; they are written down by namespace. */
  async takeByNamespace(count) {
    const packets = [];
    while (packets.length < count) packets.push(await this.#next());
    const namespace = (packet) => /^\d+(\/[^,]*),/.exec(packet)?.[1] ?? "/";
    const sorted = packets.filter(Boolean).sort((left, right) => namespace(left).localeCompare(namespace(right)));
    sorted.forEach((packet) => this.#record(packet));
  }

  async until(wanted) {
    for (;;) {
      const packet = await this.#takeOne();
      if (packet === undefined || wanted(packet)) return packet;
    }
  }

  async #takeOne() {
    const packet = await this.#next();
    if (packet !== undefined) this.#record(packet);
    return packet;
  }

  /** The next packet, not yet recorded; undefined at the end, which is recorded once. */
  async #next() {
    if (this.over) return undefined;
    if (!(await this.inbox.available(PATIENCE_MS))) {
      this.note(`! nothing came within ${PATIENCE_MS} ms`);
      throw new Error(`${this.actor} waited in vain`);
    }
    if (!this.inbox.ended) return this.inbox.next();
    this.over = true;
    this.note(`= ${this.inbox.how}`);
    return undefined;
  }

  #record(packet) {
    this.note(`< ${show(Buffer.isBuffer(packet) ? packet : this.#named(packet))}`);
  }

  #named(packet) {
    if (packet.startsWith("0{")) this.stage.transcript.mask(JSON.parse(packet.slice(1)).sid, "session");
    const [, sid] = CONNECTED.exec(packet) ?? [];
    if (sid) this.stage.transcript.mask(sid, "socket");
    const [, begin, id, rest] = ASKS_ACK.exec(packet) ?? [];
    if (id === undefined) return packet;
    if (!this.acks.has(id)) this.acks.set(id, `<ack ${this.acks.size + 1}>`);
    return `${begin}${this.acks.get(id)}${rest}`;
  }

  /** Takes all that the server had sent before it answers one more event, or up to the end if it closes instead. */
  async settle(namespace = this.joined[0]) {
    if (namespace === undefined) return this.#settleByJoining();
    const prefix = namespace === "/" ? "" : `${namespace},`;
    const id = `${SETTLED}${this.settling++}`;
    void this.line.send([`42${prefix}${id}["echo"]`]);
    for (;;) {
      const packet = await this.#next();
      if (packet === undefined || packet === `43${prefix}${id}[]`) return packet !== undefined;
      this.#record(packet);
    }
  }

  async #settleByJoining() {
    void this.line.send(["40"]);
    const answer = await this.until((packet) => /^42\["welcome"/.test(packet));
    if (answer !== undefined) this.joined.push("/");
    return answer !== undefined;
  }

  /** Takes everything up to the end of the connection. */
  async ended() {
    await this.until(() => false);
  }

  /** Writes down what only the end of the script can tell: pending packets and how the requests were answered. */
  async finish() {
    if (!this.closed && !this.over) await this.settle();
    await Promise.all(this.sending);
    const polled = [this.line, this.polled].flatMap((line) => [...(line?.heads ?? [])]);
    for (const found of [...new Set(polled)].sort()) this.note(`polls answered: ${found}`);
    for (const found of new Set(this.posts.filter(Boolean))) this.note(`posts answered: ${found}`);
  }

  /** The connection is cut without a word. */
  close() {
    this.closed = true;
    this.line.close();
    this.polled?.close();
  }
}
