import { Refused } from "./connection.js";

/**
 * What I have sent and the server has not accepted yet, of all rooms, in order. Entries leave for the server only while their
 * room is open; changed(entry) is called on every step.
 */
export class Outbox {
  #entries = [];
  #connection;
  #early = new Map();
  #changed;
  #room = null;

  constructor(connection, changed) {
    this.#connection = connection;
    this.#changed = changed;
  }

  add(entry) {
    this.#entries.push(entry);
    this.#flush();
  }

  /** The room that messages go to now; null while there is none. */
  open(room) {
    this.#room = room;
    this.#flush();
  }

  hold() {
    this.#room = null;
  }

  /**
   * After a connection broke: what the history shows has arrived already. The rest goes out again if the server remembers the
   * room, for then it never arrived; a server that has forgotten all cannot tell, so the person decides.
   */
  resolve(room, remembers) {
    for (const entry of this.#entries.filter((each) => each.state === "unsure" && each.room === room)) {
      if (remembers && !entry.to) this.#set(entry, "waiting");
      else this.#fail(entry, "The connection broke before it was confirmed.");
    }
    const arrived = this.#entries.filter((entry) => entry.state === "sent");
    for (const entry of arrived) {
      this.#forget(entry);
      this.#settleEarly(entry);
    }
  }

  /** Forgets everything, when I leave. */
  clear() {
    this.#entries = [];
    this.#early.clear();
  }

  retry(entry) {
    this.#set(entry, "waiting");
    this.add(entry);
  }

  /** So many others have the message by now. */
  delivered(id, people, entry) {
    if (!entry) {
      this.#early.set(id, people);
      return;
    }
    entry.reach = people;
    this.#set(entry, "delivered");
  }

  #flush() {
    for (const entry of this.#entries) {
      if (entry.state === "waiting" && entry.room === this.#room) this.#send(entry);
    }
  }

  async #send(entry) {
    this.#set(entry, "sending");
    try {
      const answer = await this.#connection.request(...request(entry));
      this.#forget(entry);
      entry.conversation.accepted(entry, answer);
      this.#changed(entry);
      this.#settleEarly(entry);
    } catch (error) {
      if (error instanceof Refused) this.#fail(entry, error.message);
      else this.#set(entry, "unsure");
    }
  }

  // The news of the delivery may overtake the acknowledgement.
  #settleEarly(entry) {
    if (!this.#early.has(entry.id)) return;
    const people = this.#early.get(entry.id);
    this.#early.delete(entry.id);
    this.delivered(entry.id, people, entry);
  }

  #fail(entry, problem) {
    this.#forget(entry);
    entry.problem = problem;
    this.#set(entry, "failed");
  }

  #forget(entry) {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }

  #set(entry, state) {
    entry.state = state;
    this.#changed(entry);
  }
}

function request(entry) {
  if (entry.to) return ["whisper", { to: entry.to.id, text: entry.text }];
  if (entry.picture) return ["picture", entry.picture];
  return ["say", entry.text];
}
