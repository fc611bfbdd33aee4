import { byId, element, icon } from "./dom.js";
import { prepare, release, sizeText, urlOf } from "./pictures.js";

const MOST = 6;

/** Pictures picked, pasted or dropped, waiting in the composer to be sent. */
export class Attachments {
  #list = byId("attached");
  #file = byId("file");
  #pick = byId("pick");
  #drop = byId("drop");
  #note = byId("note");
  #pictures = [];
  #preparing = 0;
  #allowed = true;
  #changed;

  constructor(changed) {
    this.#changed = changed;
    this.#pick.addEventListener("click", () => (this.#allowed ? this.#file.click() : this.#explain()));
    this.#file.addEventListener("change", () => {
      this.#add([...this.#file.files]);
      this.#file.value = "";
    });
    document.addEventListener("paste", (event) => this.#pasted(event));
    this.#watchDrag();
  }

  get count() {
    return this.#pictures.length;
  }

  /** Whether a picture is still being made ready. */
  get preparing() {
    return this.#preparing > 0;
  }

  /** Gives the waiting pictures away. */
  take() {
    const pictures = this.#pictures;
    this.#pictures = [];
    this.#show();
    return pictures;
  }

  /** Pictures go to the whole room: not while somebody whispers. */
  allow(allowed) {
    this.#allowed = allowed;
    this.#pick.setAttribute("aria-disabled", String(!allowed));
    this.#list.hidden = !allowed || this.count === 0;
    this.note("");
  }

  note(text) {
    this.#note.textContent = text;
    this.#note.hidden = text === "";
  }

  async #add(files) {
    if (byId("chat").hidden || files.length === 0) return;
    if (!this.#allowed) {
      this.#explain();
      return;
    }
    this.note("");
    for (const file of files) {
      if (this.count + this.#preparing >= MOST) this.note(`At most ${MOST} pictures at once.`);
      else await this.#prepare(file);
    }
    byId("text").focus();
  }

  async #prepare(file) {
    this.#preparing += 1;
    this.#changed();
    try {
      this.#pictures.push(await prepare(file));
    } catch (error) {
      this.note(error.message);
    }
    this.#preparing -= 1;
    this.#show();
  }

  #show() {
    this.#list.replaceChildren(...this.#pictures.map((picture) => this.#item(picture)));
    this.#list.hidden = this.count === 0 || !this.#allowed;
    this.#changed();
  }

  #item(picture) {
    const remove = element("button", { type: "button", class: "remove", "aria-label": `Remove ${picture.name}` }, icon("close"));
    remove.addEventListener("click", () => {
      this.#pictures = this.#pictures.filter((other) => other !== picture);
      release(picture);
      this.#show();
      byId("text").focus();
    });
    const title = `${picture.name}, ${sizeText(picture.data.byteLength)}`;
    return element("li", { title }, element("img", { src: urlOf(picture), alt: title }), remove);
  }

  #explain() {
    this.note("A picture goes to the whole room: stop whispering first.");
  }

  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#add(files);
  }

  #watchDrag() {
    const withFiles = (event) => event.dataTransfer?.types.includes("Files") && !byId("chat").hidden;
    document.addEventListener("dragover", (event) => {
      if (!withFiles(event)) return;
      event.preventDefault();
      this.#drop.hidden = false;
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) this.#drop.hidden = true;
    });
    document.addEventListener("drop", (event) => {
      if (!withFiles(event)) return;
      event.preventDefault();
      this.#drop.hidden = true;
      this.#add([...event.dataTransfer.files]);
    });
  }
}
