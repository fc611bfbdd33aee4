import { avatar, byId, element, icon, plural } from "./dom.js";

const LEFT_MILLIS = 3000;
const AFTER_RESTART_MILLIS = 15_000;
const TAG_LENGTH = 4;

/** Who is in the room. Two people may share a name: then a piece of the id tells them apart. */
export class People {
  #list = byId("people");
  #count = byId("people-count");
  #summary = byId("room-people");
  #people = [];
  #me = null;
  #leaving = new Map();
  #known = new Set();
  #onWhisper;
  #onNotice;

  constructor(onWhisper, onNotice) {
    this.#onWhisper = onWhisper;
    this.#onNotice = onNotice;
  }

  /** A new view of the room: after entering, or after a reconnection to it. */
  enter(me, people, sameRoom) {
    const missed = [...this.#people.map(({ name }) => name), ...this.#leaving.keys()];
    this.#me = me;
    this.#people = people;
    if (!sameRoom) this.#known.clear();
    this.#know(people);
    this.pause();
    this.#leaving.clear();
    if (sameRoom) this.#gone(missed, AFTER_RESTART_MILLIS);
    this.#render();
  }

  /** The connection is lost: nobody is known to have left. */
  pause() {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
  }

  /** The connection goes on where it was: who had gone before it broke may still come back. */
  resume() {
    this.#gone([...this.#leaving.keys()], LEFT_MILLIS);
  }

  /** The list has changed while I watched: says who came and who left. */
  update(people) {
    const before = this.#people;
    this.#people = people;
    for (const person of people) {
      if (before.some(({ id }) => id === person.id) || person.id === this.#me?.id) continue;
      if (!this.#comesBack(person.name)) this.#onNotice(`${person.name} ${this.#known.has(person.id) ? "is back" : "joined"}`);
    }
    this.#know(people);
    this.#gone(before.filter(({ id }) => !this.present(id)).map(({ name }) => name), LEFT_MILLIS);
    this.#render();
  }

  present(id) {
    return this.#people.some((person) => person.id === id);
  }

  /** What to write behind the name: empty unless somebody else here has the same. */
  tag({ id, name }) {
    const shared = this.#people.some((person) => person.name === name && person.id !== id);
    return shared && this.present(id) ? id.slice(0, TAG_LENGTH) : "";
  }

  /** Whether nobody else is here. */
  get alone() {
    return this.#people.every(({ id }) => id === this.#me?.id);
  }

  #know(people) {
    for (const { id } of people) this.#known.add(id);
  }

  // Who reloads the page leaves and comes back at once under a new id; that is no news.
  #gone(names, patienceMillis) {
    for (const name of names) {
      if (name === this.#me?.name || this.#people.some((person) => person.name === name)) continue;
      clearTimeout(this.#leaving.get(name));
      this.#leaving.set(name, setTimeout(() => this.#left(name), patienceMillis));
    }
  }

  #left(name) {
    this.#leaving.delete(name);
    this.#onNotice(`${name} left`);
  }

  #comesBack(name) {
    clearTimeout(this.#leaving.get(name));
    return this.#leaving.delete(name);
  }

  #render() {
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const others = this.#people.filter(({ id }) => id !== this.#me.id).sort((a, b) => a.name.localeCompare(b.name));
    this.#list.replaceChildren(this.#item(this.#me, true), ...others.map((person) => this.#item(person, false)));
    this.#count.textContent = others.length + 1;
    this.#summary.textContent = others.length === 0 ? "Only you, so far" : plural(others.length + 1, "person", "people");
    if (focused) [...this.#list.querySelectorAll("button")].find((button) => button.dataset.id === focused)?.focus();
  }

  #item(person, me) {
    const tag = this.tag(person);
    const name = element("span", { class: "name" }, person.name, tag ? element("span", { class: "tag" }, ` #${tag}`) : null);
    if (me) {
      const row = element("span", { class: "row" }, avatar(person.name), name, element("span", { class: "soft small" }, "you"));
      return element("li", {}, row);
    }
    const attributes = { type: "button", class: "row", "data-id": person.id, title: `Whisper to ${person.name}` };
    const row = element("button", attributes, avatar(person.name), name, icon("lock", "Whisper"));
    row.addEventListener("click", () => this.#onWhisper(person));
    return element("li", {}, row);
  }
}
