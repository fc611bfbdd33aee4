import { createHash } from "node:crypto";

const LONG = 400;
const ONLY_NAMES = /\["<[^"<>]*>"(?:,"<[^"<>]*>")+\]/g;

function digest(value) {
  return createHash("sha256").update(value).digest("hex").slice(0, 16);
}

function printable(text) {
  const visible = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/gu, (char) => {
    return `\\u{${char.codePointAt(0).toString(16)}}`;
  });
  if (visible.length <= LONG) return visible;
  return `${visible.slice(0, 60)}… (${text.length} characters, sha256 ${digest(text)})`;
}

/** Text as it came, binary as hex; what is long by its begin, length and digest. */
export function show(packet) {
  if (!Buffer.isBuffer(packet)) return printable(packet);
  if (packet.length <= 64) return `binary ${packet.toString("hex")}`;
  return `binary (${packet.length} bytes, sha256 ${digest(packet)})`;
}

/** The lists of ids which an app sorts come in an order that is as random as the ids. */
function sortNames(list) {
  return JSON.stringify(JSON.parse(list).sort());
}

/** What happened in one run of a script, line by line; what is random has a name instead, the same wherever it occurs. */
export class Transcript {
  #lines = [];
  #names = new Map();
  #counts = new Map();

  add(actor, line) {
    this.#lines.push([actor, line]);
  }

  /** Every occurrence of the secret, before and after, reads `<label number>`, numbered in order of first mention. */
  mask(secret, label) {
    if (this.#names.has(secret)) return;
    const number = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, number);
    this.#names.set(secret, `<${label} ${number}>`);
  }

  /** Every occurrence reads as this word. */
  rename(secret, word) {
    this.#names.set(secret, word);
  }

  lines() {
    return this.#lines.map(([actor, line]) => `${actor}: ${this.#masked(line)}`);
  }

  #masked(line) {
    let text = line;
    for (const [secret, name] of this.#names) text = text.replaceAll(secret, name);
    return text.replace(ONLY_NAMES, sortNames);
  }
}
