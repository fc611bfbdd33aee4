import { byId, element } from "./dom.js";
import { savedRooms } from "./memory.js";

const NARROW = matchMedia("(max-width: 760px)");

/** The panel beside the messages: rooms, people and me. On a narrow screen it slides over the messages. */
export class Side {
  #side = byId("side");
  #opener = byId("side-open");
  #shade = byId("shade");
  #other = byId("other-room");
  #problem = byId("switch-problem");
  #onRoom;
  #open = false;

  constructor(onRoom, onLeave) {
    this.#onRoom = onRoom;
    this.#opener.addEventListener("click", () => this.#show(true));
    byId("side-close").addEventListener("click", () => this.close());
    this.#shade.addEventListener("click", () => this.close());
    byId("leave").addEventListener("click", onLeave);
    byId("switch").addEventListener("submit", (event) => {
      event.preventDefault();
      const room = this.#other.value.trim();
      if (room) onRoom(room);
    });
    this.#other.addEventListener("input", () => this.problem(""));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#open && !byId("viewer").open) this.close();
    });
    NARROW.addEventListener("change", () => this.#show(false));
    this.#show(false);
  }

  close() {
    const wasOpen = this.#open;
    this.#show(false);
    if (wasOpen) this.#opener.focus();
  }

  problem(text) {
    this.#problem.textContent = text;
  }

  /** Shows where I am among the rooms that I know. */
  room(current) {
    this.problem("");
    this.#other.value = "";
    const known = savedRooms();
    const rooms = known.includes(current) ? known : [current, ...known];
    byId("rooms").replaceChildren(...rooms.map((room) => this.#item(room, room === current)));
  }

  #item(room, current) {
    const hash = element("span", { class: "hash", "aria-hidden": "true" }, "#");
    const attributes = { type: "button", class: "row", "aria-current": current ? "true" : null };
    const button = element("button", attributes, hash, element("span", { class: "name" }, room));
    button.addEventListener("click", () => (current ? this.close() : this.#onRoom(room)));
    return element("li", {}, button);
  }

  #show(open) {
    this.#open = open && NARROW.matches;
    this.#side.classList.toggle("open", this.#open);
    this.#side.inert = NARROW.matches && !this.#open;
    this.#shade.hidden = !this.#open;
    this.#opener.setAttribute("aria-expanded", String(this.#open));
    if (this.#open) byId("side-close").focus();
  }
}
