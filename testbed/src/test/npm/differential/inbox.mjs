import { within } from "../lib/check.mjs";

/** What has arrived and waits to be taken by the script, and whether more may come. */
export class Inbox {
  #waiting = [];
  #wakers = [];
  #end;

  put(...items) {
    this.#waiting.push(...items);
    this.#wake();
  }

  end(how) {
    this.#end ??= how;
    this.#wake();
  }

  get ended() {
    return this.#end !== undefined && this.#waiting.length === 0;
  }

  get how() {
    return this.#end;
  }

  /** Waits for the next item or the end; undefined if neither comes in time. */
  async available(ms) {
    const deadline = Date.now() + ms;
    while (this.#waiting.length === 0 && this.#end === undefined) {
      const arrival = new Promise((resolve) => this.#wakers.push(resolve));
      const left = deadline - Date.now();
      if (left <= 0) return false;
      await within(arrival, left, "arrival").catch(() => {});
    }
    return true;
  }

  next() {
    return this.#waiting.shift();
  }

  #wake() {
    this.#wakers.splice(0).forEach((wake) => wake());
  }
}
