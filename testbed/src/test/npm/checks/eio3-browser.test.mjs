import assert from "node:assert/strict";
import { describe } from "node:test";
import { checkInBrowser } from "../lib/browser.mjs";
import { EIO3_URL } from "../lib/env.mjs";

const TEXTS = [
  "",
  "line \u2028 and paragraph \u2029",
  "quotes \" and ' and `",
  "\\n and \n and \\\n and \\\\n and \r\n",
  "back\\slash\\",
  "😀 a 👩‍👩‍👧 grüße €",
  '</script><script>window.injected = true</script><!-- ]]> &quot; &amp;',
  "___eio[0]('x');",
  "%0A+%2B a=b&d=c",
  "\u0000 \u0007 \u007f \ufeff",
  "ü😀".repeat(5_000),
];

/** In the page: a client that gets packets by scripts and sends them by forms. */
function connect(url) {
  window.socket = window.io(url, { path: "/socket.io/", transports: ["polling"], forceJSONP: true, forceNew: true, reconnection: false });
  return new Promise((resolve, reject) => {
    window.socket.once("connect", () => resolve(window.socket.id));
    for (const failure of ["error", "connect_error"]) window.socket.once(failure, (error) => reject(new Error(String(error))));
  });
}

function echoes(texts) {
  const ask = (text) => new Promise((resolve) => window.socket.emit("echo", text, { deep: [text] }, (...values) => resolve(values)));
  return texts.reduce(async (before, text) => [...(await before), await ask(text)], Promise.resolve([]));
}

function answers(texts) {
  window.socket.on("question", (text, ack) => ack(text, [text]));
  const ask = (text) =>
    new Promise((resolve) => {
      window.socket.once("answer", (...values) => resolve(values));
      window.socket.emit("ask", text);
    });
  return texts.reduce(async (before, text) => [...(await before), await ask(text)], Promise.resolve([]));
}

function echoesBytes() {
  const bytes = new Uint8Array([0, 1, 2, 253, 254, 255]);
  return new Promise((resolve) =>
    window.socket.emit("echo", { bytes: bytes.buffer }, (value) => resolve(Array.from(new Uint8Array(value.bytes)))),
  );
}

describe("version 2: polling by scripts in a browser", () => {
  checkInBrowser("text of any kind comes back as it was, with acknowledgements both ways", async (page) => {
    const kinds = new Set();
    page.on("request", (request) => request.url().startsWith(EIO3_URL) && kinds.add(`${request.method()} ${request.resourceType()}`));
    await page.evaluate(connect, EIO3_URL);
    assert.deepEqual(await page.evaluate(echoes, TEXTS), TEXTS.map((text) => [text, { deep: [text] }]));
    assert.deepEqual(await page.evaluate(answers, TEXTS), TEXTS.map((text) => [text, [text]]));
    assert.deepEqual(await page.evaluate(echoesBytes), [0, 1, 2, 253, 254, 255]);
    assert.equal(await page.evaluate(() => window.injected), undefined);
    assert.deepEqual([...kinds].sort(), ["GET script", "POST document"]);
  });
});
