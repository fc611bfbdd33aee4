import { bubble, continues, dayLine, noticeLine, refresh, sameDay } from "./bubble.js";
import { byId, plural } from "./dom.js";

const NEAR_PIXELS = 60;

/** The list of what was said. Stays at its end unless the reader has scrolled up. */
export class Messages {
  #log = byId("log");
  #list = byId("entries");
  #empty = byId("empty");
  #newer = byId("newer");
  #newerText = byId("newer-text");
  #nodes = new WeakMap();
  #last = null;
  #atEnd = true;
  #top = 0;
  #unseen = 0;
  #actions;
  #tag;

  constructor(actions, tag) {
    this.#actions = actions;
    this.#tag = tag;
    this.#log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // A picture that has loaded, a keyboard that has opened, a composer that has grown: all move the end.
    const watch = new ResizeObserver(() => this.#follow());
    watch.observe(this.#list);
    watch.observe(this.#log);
    this.#newer.addEventListener("click", () => {
      this.toEnd();
      this.#log.focus({ preventScroll: true });
    });
  }

  /** Shows these entries and nothing else. */
  replace(entries) {
    const stay = !this.#atEnd;
    const top = this.#log.scrollTop;
    // A whole room at once is not to be read aloud.
    this.#log.setAttribute("aria-live", "off");
    this.#list.replaceChildren();
    this.#last = null;
    for (const entry of entries) this.#add(entry);
    this.#empty.hidden = entries.length > 0;
    if (stay) this.#log.scrollTop = top;
    else this.toEnd();
    setTimeout(() => this.#log.setAttribute("aria-live", "polite"), 500);
  }

  append(entry) {
    this.#empty.hidden = true;
    this.#add(entry);
    if (entry.mine) this.toEnd();
    else if (!this.#follow() && !entry.notice) this.#unseenGrows();
  }

  /** The state of an entry has changed; if it is not on show, nothing happens. */
  update(entry) {
    const node = this.#nodes.get(entry);
    if (node?.isConnected) refresh(node, entry, this.#actions);
  }

  toEnd() {
    this.#atEnd = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#seen();
  }

  #add(entry) {
    if (!this.#last || !sameDay(entry.at, this.#last.at)) this.#list.append(dayLine(entry.at));
    const node = entry.notice ? noticeLine(entry) : this.#bubble(entry);
    this.#list.append(node);
    this.#last = entry;
  }

  #bubble(entry) {
    const node = bubble(entry, !continues(entry, this.#last), this.#tag(entry.from), this.#actions);
    this.#nodes.set(entry, node);
    return node;
  }

  #follow() {
    if (!this.#atEnd) return false;
    this.#log.scrollTop = this.#log.scrollHeight;
    return true;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    const upwards = scrollTop < this.#top;
    this.#top = scrollTop;
    // Far from the end without having gone up: the messages have grown, and the observer follows.
    if (scrollHeight - scrollTop - clientHeight < NEAR_PIXELS) this.#atEnd = true;
    else if (upwards) this.#atEnd = false;
    if (this.#atEnd) this.#seen();
    else this.#newer.hidden = false;
  }

  #unseenGrows() {
    this.#unseen += 1;
    this.#newerText.textContent = plural(this.#unseen, "new message", "new messages");
    this.#newer.classList.add("unseen");
    this.#newer.hidden = false;
  }

  #seen() {
    this.#unseen = 0;
    this.#newer.hidden = true;
    this.#newer.classList.remove("unseen");
    this.#newerText.textContent = "Latest messages";
  }
}
