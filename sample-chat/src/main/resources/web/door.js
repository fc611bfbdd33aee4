import { byId } from "./dom.js";
import { roomInAddress, savedName, savedRooms } from "./memory.js";

/** The form at the entrance: a name and a room. */
export class Door {
  #door = byId("door");
  #fields = { name: byId("name"), room: byId("room") };
  #problems = { name: byId("name-problem"), room: byId("room-problem") };
  #status = byId("door-status");
  #button = byId("enter");

  constructor(onEnter) {
    byId("join").addEventListener("submit", (event) => {
      event.preventDefault();
      const who = this.#check();
      if (who) onEnter(who);
    });
    for (const [field, input] of Object.entries(this.#fields)) {
      input.addEventListener("input", () => this.#problem(field, ""));
    }
  }

  open() {
    if (!this.#door.hidden) return;
    this.#fields.name.value ||= savedName();
    this.#fields.room.value = roomInAddress() || savedRooms()[0] || "lobby";
    this.idle();
    this.#door.hidden = false;
    (this.#fields.name.value ? this.#fields.room : this.#fields.name).focus();
  }

  close() {
    this.#door.hidden = true;
    this.idle();
  }

  idle() {
    this.#button.disabled = false;
    this.#status.textContent = "";
  }

  busy(text) {
    this.#button.disabled = true;
    this.#status.textContent = text;
  }

  /** The server does not let me in; field is the one that it means, if it said so. */
  refuse(message, field) {
    this.idle();
    const known = Object.hasOwn(this.#fields, field) ? field : "name";
    this.#problem(known, message);
    this.#fields[known].focus();
  }

  #check() {
    const who = {};
    for (const [field, input] of Object.entries(this.#fields)) {
      who[field] = input.value.trim();
      this.#problem(field, who[field] ? "" : `A ${field} is needed.`);
    }
    const empty = Object.keys(who).find((field) => !who[field]);
    if (!empty) return who;
    this.#fields[empty].focus();
    return null;
  }

  #problem(field, text) {
    this.#problems[field].textContent = text;
    this.#fields[field].setAttribute("aria-invalid", text !== "");
  }
}
