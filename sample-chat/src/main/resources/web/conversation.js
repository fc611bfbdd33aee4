import { isMine } from "./memory.js";
import { release } from "./pictures.js";

const KEPT = 500;

// A server that starts again may count its ids from one again: the time makes a message unique.
const keyOf = (message) => `${message.id}@${message.at}`;

/**
 * What was said in one room, in the order in which it is shown. An entry is a message with what the page knows about it:
 * mine, and for mine the state: waiting → sending → sent → delivered, or unsure (the connection broke), or failed.
 */
export class Conversation {
  entries = [];
  #keys = new Set();

  /** Adds a message from the server; null if it is known already. */
  add(message) {
    const key = keyOf(message);
    if (this.#keys.has(key)) return null;
    this.#keys.add(key);
    const entry = { ...message, mine: isMine(message.from.id), state: "sent" };
    this.entries.push(entry);
    this.#trim();
    return entry;
  }

  /** Adds something of mine that the server does not know yet. */
  addOwn(entry) {
    this.entries.push(entry);
    this.#trim();
  }

  addNotice(text, at = Date.now()) {
    const entry = { notice: text, at };
    this.entries.push(entry);
    return entry;
  }

  remove(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
  }

  /** The server has accepted an entry of mine and given it an id and a time. */
  accepted(entry, { id, at }) {
    Object.assign(entry, { id, at, state: "sent" });
    this.#keys.add(keyOf(entry));
  }

  /** The latest entry of mine with this id. */
  ownById(id) {
    return this.entries.findLast((entry) => entry.mine && entry.id === id);
  }

  /** Takes in the history; true if the server still remembers something that was known here before. */
  merge(history) {
    const remembers = history.some((message) => this.#keys.has(keyOf(message)));
    for (const message of history) {
      if (!this.#adopt(message)) this.add(message);
    }
    this.#sort();
    return remembers;
  }

  // Sent just before the connection broke, and it arrived: the history shows it under an id that was mine.
  #adopt(message) {
    if (this.#keys.has(keyOf(message)) || !isMine(message.from.id)) return false;
    const entry = this.entries.find((candidate) => candidate.state === "unsure" && sameContent(candidate, message));
    if (entry) this.accepted(entry, message);
    return entry !== undefined;
  }

  #sort() {
    const place = (entry) => (isPending(entry) ? Infinity : entry.at);
    // Infinity minus itself is no number; the sort is stable, so equals stay as they were.
    this.entries.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  }

  #trim() {
    while (this.entries.length > KEPT) {
      const [old] = this.entries.splice(0, 1);
      if (old.picture) release(old.picture);
    }
  }
}

/** Whether the server has not yet given the entry a place in time. */
export const isPending = (entry) => entry.mine && !["sent", "delivered"].includes(entry.state);

function sameContent(entry, message) {
  if (entry.to || message.to) return entry.to?.id === message.to?.id && entry.text === message.text;
  if (!entry.picture) return entry.text === message.text && !message.picture;
  return entry.picture.name === message.picture?.name && entry.picture.data.byteLength === message.picture.data.byteLength;
}
