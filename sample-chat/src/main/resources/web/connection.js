import { io } from "/socket.io/socket.io.esm.min.js";

const AFTER_KICK_MILLIS = 1000;

/** The server answered that it will not do it; anything else that a request throws leaves the outcome unknown. */
export class Refused extends Error {}

/**
 * The one socket of the page. Calls its handlers with what happens:
 * transport(name), lost(), attempt(number), unreachable(), refused(message, field), recovered(unanswered), and each event of
 * the chat by its name.
 */
export class Connection {
  #socket;
  #handlers;
  #lost = false;
  #unanswered = false;

  constructor(auth, handlers) {
    this.#handlers = handlers;
    this.#socket = io({ autoConnect: false, auth: (give) => give(auth()) });
    this.#watchTransport();
    this.#watchSocket();
    for (const event of ["welcome", "people", "typing", "delivered"]) this.#socket.on(event, handlers[event]);
    this.#socket.on("message", (message) => {
      this.#socket.emit("received", message.id);
      handlers.message(message, this.#lost);
    });
  }

  open() {
    this.#socket.connect();
  }

  close() {
    this.#socket.disconnect();
  }

  get connected() {
    return this.#socket.connected;
  }

  /** Tries again at once instead of waiting for the next attempt. */
  retry() {
    if (!this.#socket.connected) this.#socket.disconnect().connect();
  }

  /** Resolves to the server's answer; throws {@link Refused}, or another error when the connection broke first. */
  async request(event, ...values) {
    const answer = await this.#socket.emitWithAck(event, ...values).catch((error) => {
      this.#unanswered = true;
      throw error;
    });
    if (answer?.error) throw new Refused(answer.error.message);
    return answer;
  }

  /** Sends what is worth nothing later. */
  tell(event, value) {
    if (this.#socket.connected) this.#socket.volatile.emit(event, value);
  }

  #watchTransport() {
    const manager = this.#socket.io;
    manager.on("open", () => {
      const engine = manager.engine;
      this.#handlers.transport(engine.transport.name);
      engine.on("upgrade", (transport) => this.#handlers.transport(transport.name));
    });
    manager.on("reconnect_attempt", (number) => this.#handlers.attempt(number));
    manager.on("error", () => this.#handlers.unreachable());
  }

  #watchSocket() {
    this.#socket.on("connect", () => this.#connected());
    this.#socket.on("disconnect", (reason) => {
      this.#lost = true;
      this.#handlers.lost(reason === "io client disconnect");
      if (reason === "io server disconnect") setTimeout(() => this.#socket.connect(), AFTER_KICK_MILLIS);
    });
    this.#socket.on("connect_error", (error) => {
      // While the socket is active the client tries again by itself: nobody refused anything.
      if (!this.#socket.active) this.#handlers.refused(error.message, error.data?.field);
    });
  }

  // If the server has kept my place, the events that I missed have come right before. What it had answered is lost.
  #connected() {
    const unanswered = this.#unanswered;
    this.#lost = false;
    this.#unanswered = false;
    if (this.#socket.recovered) this.#handlers.recovered(unanswered);
  }
}
