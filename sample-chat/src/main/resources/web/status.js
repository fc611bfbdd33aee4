import { byId, plural } from "./dom.js";

const RESTORED_MILLIS = 3000;

/** The badge with the transport, and the banner that tells of a lost connection. */
export class Status {
  #badge = byId("transport");
  #banner = byId("banner");
  #text = byId("banner-text");
  #retry = byId("retry");
  #timer;

  constructor(onRetry) {
    this.#retry.addEventListener("click", onRetry);
  }

  transport(name) {
    this.#badge.textContent = name;
    this.#badge.dataset.transport = name;
  }

  lost() {
    this.transport("offline");
    this.#show("lost", "Connection lost. Reconnecting …");
  }

  attempt(number) {
    if (this.#banner.dataset.state === "lost") this.#text.textContent = `Connection lost. Reconnecting, attempt ${number} …`;
  }

  /** With the number of messages that the server kept for me, if it kept my place. */
  restored(missed) {
    if (this.#banner.hidden) return;
    this.#show("restored", `Connected again. ${news(missed)}`.trim());
    this.#timer = setTimeout(() => this.clear(), RESTORED_MILLIS);
  }

  clear() {
    clearTimeout(this.#timer);
    this.#banner.hidden = true;
    this.#banner.dataset.state = "";
  }

  #show(state, text) {
    clearTimeout(this.#timer);
    this.#banner.hidden = false;
    this.#banner.dataset.state = state;
    this.#text.textContent = text;
    this.#retry.hidden = state !== "lost";
  }
}

function news(missed) {
  if (missed === undefined) return "";
  return missed === 0 ? "You missed nothing." : `${plural(missed, "message", "messages")} came while you were away.`;
}

/** The title of the page, with the number of messages that came while nobody looked. */
export class Title {
  #room = "";
  #unread = 0;

  constructor() {
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#set(0);
    });
  }

  room(room) {
    if (room === this.#room) return;
    this.#room = room;
    this.#set(0);
  }

  arrived() {
    if (document.hidden) this.#set(this.#unread + 1);
  }

  #set(unread) {
    this.#unread = unread;
    const count = unread > 0 ? `(${unread}) ` : "";
    document.title = this.#room ? `${count}#${this.#room} · Sockeye chat` : "Sockeye chat";
  }
}
