const EVERY_MILLIS = 2000;
const PAUSE_MILLIS = 3000;
const EXPIRES_MILLIS = 4000;

/** Tells the others that I type: true at most every two seconds, false once I stop. */
export class TypingSignal {
  #tell;
  #told = false;
  #toldAt = 0;
  #pause;

  constructor(tell) {
    this.#tell = tell;
  }

  typed() {
    const now = Date.now();
    if (!this.#told || now - this.#toldAt >= EVERY_MILLIS) {
      this.#told = true;
      this.#toldAt = now;
      this.#tell(true);
    }
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.stopped(), PAUSE_MILLIS);
  }

  stopped() {
    clearTimeout(this.#pause);
    if (!this.#told) return;
    this.#told = false;
    this.#tell(false);
  }
}

/** The line that says who types. */
export class TypingLine {
  #line;
  #text;
  #people = new Map();

  constructor(line, text) {
    this.#line = line;
    this.#text = text;
  }

  set({ id, name, typing }) {
    this.remove(id, false);
    if (typing) this.#people.set(id, { name, timer: setTimeout(() => this.remove(id), EXPIRES_MILLIS) });
    this.#show();
  }

  remove(id, show = true) {
    clearTimeout(this.#people.get(id)?.timer);
    this.#people.delete(id);
    if (show) this.#show();
  }

  clear() {
    for (const id of [...this.#people.keys()]) this.remove(id);
  }

  #show() {
    const names = [...this.#people.values()].map((person) => person.name);
    this.#line.hidden = names.length === 0;
    if (names.length > 0) this.#text.textContent = sentence(names);
  }
}

function sentence(names) {
  if (names.length === 1) return `${names[0]} is typing`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing`;
  return "Several people are typing";
}
