import { WebSocket } from "ws";
import { within } from "./check.mjs";

/** A WebSocket whose messages wait in a queue: text as string, binary as Buffer. */
export class Frames {
  static open(url, options = {}) {
    const frames = new Frames(new WebSocket(url, { perMessageDeflate: false, ...options }));
    return within(frames.opened, 4000, `WebSocket ${url}`).then(() => frames);
  }

  /** What a refused WebSocket got: the HTTP answer, or status 101 and the messages before its end. */
  static refused(url, options = {}) {
    const frames = new Frames(new WebSocket(url, { perMessageDeflate: false, ...options }));
    frames.opened.catch(() => {});
    return within(frames.refusal, 4000, `refusal of ${url}`);
  }

  constructor(socket) {
    this.socket = socket;
    this.queue = [];
    this.waiting = [];
    this.ended = new Promise((resolve) => socket.once("close", (code) => resolve(code)));
    this.opened = new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    this.refusal = this.#refusal();
    socket.on("error", () => {});
    socket.on("message", (data, binary) => this.#offer(binary ? data : data.toString()));
    this.ended.then(() => this.waiting.splice(0).forEach(({ reject }) => reject(new Error("WebSocket closed"))));
  }

  #refusal() {
    return new Promise((resolve) => {
      this.socket.once("unexpected-response", (request, response) => {
        let text = "";
        response.on("data", (chunk) => (text += chunk));
        response.on("close", () => {
          resolve({ status: response.statusCode, text, headers: response.headers });
          this.socket.terminate();
        });
      });
      this.ended.then(() => resolve({ status: 101, text: this.queue.join() }));
    });
  }

  #offer(message) {
    const waiter = this.waiting.shift();
    if (waiter) waiter.resolve(message);
    else this.queue.push(message);
  }

  next(ms = 4000) {
    if (this.queue.length > 0) return Promise.resolve(this.queue.shift());
    if (this.socket.readyState === WebSocket.CLOSED) return Promise.reject(new Error("WebSocket closed"));
    const waiter = {};
    const message = new Promise((resolve, reject) => Object.assign(waiter, { resolve, reject }));
    this.waiting.push(waiter);
    return within(message, ms, "message on the WebSocket");
  }

  /** The next message that is no ping; pings are answered. */
  async packet(ms = 4000) {
    const deadline = Date.now() + ms;
    for (;;) {
      const message = await this.next(Math.max(1, deadline - Date.now()));
      if (message !== "2") return message;
      this.send("3");
    }
  }

  send(...messages) {
    for (const message of messages) this.socket.send(message);
  }

  closed(ms = 4000) {
    return within(this.ended, ms, "close of the WebSocket");
  }

  close() {
    this.socket.terminate();
  }
}
