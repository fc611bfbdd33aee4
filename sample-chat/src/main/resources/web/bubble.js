import { isPending } from "./conversation.js";
import { avatar, element, icon, plural } from "./dom.js";
import { urlOf } from "./pictures.js";

const TOGETHER_MILLIS = 5 * 60_000;
const LINK = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;
const PICTURE_PIXELS = { width: 360, height: 320 };
const TIME = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

const TICKS = {
  waiting: () => icon("clock", "Waiting for the connection"),
  sending: () => icon("clock", "Sending"),
  unsure: () => icon("clock", "Waiting for the connection"),
  sent: (entry) => icon("tick", entry.alone ? "Sent; nobody else was here" : "Sent"),
  delivered: (entry) => icon("ticks", `Delivered to ${plural(entry.reach, "person", "people")}`),
  failed: () => icon("warn", "Not sent"),
};

/** Whether the entry belongs under the same name as the one before it. */
export function continues(entry, before) {
  if (!before || entry.notice || before.notice) return false;
  if (entry.mine !== before.mine || (!entry.mine && entry.from.id !== before.from.id)) return false;
  return entry.to?.id === before.to?.id && sameDay(entry.at, before.at) && Math.abs(entry.at - before.at) < TOGETHER_MILLIS;
}

export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

export function dayLine(at) {
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  const text = sameDay(at, Date.now()) ? "Today" : sameDay(at, yesterday) ? "Yesterday" : DAY.format(at);
  return element("li", { class: "day" }, element("span", {}, text));
}

export const noticeLine = (entry) => element("li", { class: "notice" }, entry.notice);

/** One message. The actions are what its buttons do: whisper(person), view(picture), retry(entry), discard(entry). */
export function bubble(entry, first, tag, actions) {
  const node = element("li", { class: classes(entry, first) });
  const body = element("div", { class: "bubble" });
  if (!entry.mine && first) node.append(avatar(entry.from.name));
  if (first && (!entry.mine || entry.to)) body.append(header(entry, tag, actions));
  else body.append(element("span", { class: "sr" }, entry.mine ? "You: " : `${entry.from.name}: `));
  if (entry.picture) body.append(picture(entry, actions));
  if (entry.text) body.append(text(entry.text));
  body.append(element("span", { class: "meta" }), element("div", { class: "trouble", hidden: true }));
  node.append(body);
  refresh(node, entry, actions);
  return node;
}

/** Shows the state and the time that the entry has now. */
export function refresh(node, entry, actions) {
  const time = element("time", { datetime: new Date(entry.at).toISOString() }, TIME.format(entry.at));
  const tick = entry.mine ? element("span", { class: "ticks" }, TICKS[entry.state](entry)) : null;
  if (tick) tick.title = tick.firstChild.getAttribute("aria-label");
  node.querySelector(".meta").replaceChildren(...[time, tick].filter(Boolean));
  if (!entry.mine) return;
  node.dataset.state = entry.state;
  node.classList.toggle("pending", isPending(entry));
  const trouble = node.querySelector(".trouble");
  trouble.hidden = entry.state !== "failed";
  trouble.replaceChildren(...(trouble.hidden ? [] : remedies(entry, actions)));
}

function classes(entry, first) {
  return ["entry", entry.mine && "mine", entry.to && "whisper", entry.picture && "pictured", first && "first"].filter(Boolean).join(" ");
}

function header(entry, tag, actions) {
  if (entry.mine) return element("p", { class: "who" }, icon("lock"), `Only to ${entry.to.name}`);
  const attributes = { type: "button", class: "who-name", title: `Whisper to ${entry.from.name}` };
  const name = element("button", attributes, entry.from.name, tag ? element("span", { class: "tag" }, ` #${tag}`) : null);
  name.addEventListener("click", () => actions.whisper(entry.from));
  return element("p", { class: "who" }, entry.to ? icon("lock") : null, name, entry.to ? " whispers to you" : null);
}

function text(content) {
  const paragraph = element("p", { class: "text", dir: "auto" });
  let done = 0;
  for (const { 0: address, index } of content.matchAll(LINK)) {
    const link = element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
    paragraph.append(content.slice(done, index), link);
    done = index + address.length;
  }
  paragraph.append(content.slice(done));
  return paragraph;
}

function picture(entry, actions) {
  const url = urlOf(entry.picture);
  if (!url) return element("p", { class: "text soft" }, "A picture that cannot be shown.");
  const image = element("img", { src: url, alt: entry.picture.name, class: "picture" });
  image.addEventListener("load", () => fit(image));
  const button = element("button", { type: "button", class: "picture-button", "aria-label": `Show ${entry.picture.name}` }, image);
  button.addEventListener("click", () => actions.view(entry.picture));
  return button;
}

function fit(image) {
  const { naturalWidth: width, naturalHeight: height } = image;
  const scale = Math.min(1, PICTURE_PIXELS.width / width, PICTURE_PIXELS.height / height);
  image.width = Math.round(width * scale);
  image.height = Math.round(height * scale);
}

function remedies(entry, actions) {
  const retry = element("button", { type: "button", class: "text-button" }, "Send again");
  const discard = element("button", { type: "button", class: "text-button" }, "Discard");
  retry.addEventListener("click", () => actions.retry(entry));
  discard.addEventListener("click", () => actions.discard(entry));
  return [element("span", {}, `Not sent. ${entry.problem ?? ""}`), retry, discard];
}
