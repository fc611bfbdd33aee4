import { Attachments } from "./attachments.js";
import { byId } from "./dom.js";
import { TypingSignal } from "./typing.js";

const MAX_TEXT = 4000;
const COUNT_FROM = 3500;

/** Where one writes: to the room, or as a whisper to one person. Calls handlers.say, .picture, .whisper and .typing. */
export class Composer {
  #text = byId("text");
  #form = byId("composer");
  #counter = byId("counter");
  #send = byId("send");
  #attachments = new Attachments(() => this.#ready());
  #handlers;
  #signal;
  #whisperTo = null;
  #busy = false;
  #room = "";

  constructor(handlers) {
    this.#handlers = handlers;
    this.#signal = new TypingSignal(handlers.typing);
    this.#text.addEventListener("input", () => this.#typed());
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    byId("whisper-end").addEventListener("click", () => this.whisper(null));
    this.#ready();
  }

  focus() {
    this.#text.focus();
  }

  /** The room that the line is for; also shows it in the empty field. */
  room(room) {
    this.#room = room;
    this.whisper(null, false);
  }

  /** Aims at one person, or with null at the room again. */
  whisper(person, focus = true) {
    this.#whisperTo = person;
    this.#signal.stopped();
    this.#attachments.allow(!person);
    byId("whispering").hidden = !person;
    this.#form.classList.toggle("whisper", person !== null);
    if (person) this.aim(true);
    else this.#aimed(true);
    byId("text-label").textContent = person ? `Whisper to ${person.name}` : "Message";
    this.#text.placeholder = person ? `Only ${person.name} will see this` : `Message #${this.#room}`;
    if (focus) this.focus();
  }

  get whisperTo() {
    return this.#whisperTo;
  }

  /** Whether the person whispered to is here. */
  aim(present) {
    const name = this.#whisperTo.name;
    byId("whisper-text").textContent = present ? `Whispering to ${name}` : `${name} has left the room`;
    this.#aimed(present);
  }

  #aimed(present) {
    this.#form.classList.toggle("gone", !present);
    this.#ready();
  }

  /** No sending for a moment, while the room is changing. */
  hold(busy) {
    this.#busy = busy;
    this.#ready();
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#form.requestSubmit();
    } else if (event.key === "Escape" && this.#whisperTo) {
      event.stopPropagation();
      this.whisper(null);
    }
  }

  #typed() {
    this.#grow();
    this.#attachments.note("");
    if (this.#whisperTo || !this.#text.value.trim()) this.#signal.stopped();
    else this.#signal.typed();
    this.#ready();
  }

  #submit() {
    const text = this.#text.value.trim();
    if (this.#send.getAttribute("aria-disabled") === "true") return;
    this.#signal.stopped();
    if (this.#whisperTo) {
      this.#handlers.whisper(this.#whisperTo, text);
    } else {
      for (const picture of this.#attachments.take()) this.#handlers.picture(picture);
      if (text) this.#handlers.say(text);
    }
    this.#text.value = "";
    this.#grow();
    this.#ready();
  }

  #grow() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
    const { length } = this.#text.value;
    this.#counter.hidden = length < COUNT_FROM;
    this.#counter.textContent = `${MAX_TEXT - length} left`;
  }

  #ready() {
    const something = this.#text.value.trim() !== "" || (!this.#whisperTo && this.#attachments.count > 0);
    const gone = this.#form.classList.contains("gone");
    // Stays focusable, so that the keyboard does not lose its place.
    this.#send.setAttribute("aria-disabled", String(!something || gone || this.#busy || this.#attachments.preparing));
  }
}
