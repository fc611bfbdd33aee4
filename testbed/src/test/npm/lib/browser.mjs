import { accessSync, constants, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { createRequire } from "node:module";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { check } from "./check.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const CLIENT = createRequire(import.meta.url).resolve("socket.io-client-2/dist/socket.io.js");
const PAGE = '<!doctype html><meta charset="utf-8"><title>Version 2</title><body><script src="/client.js"></script>';

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** A page of another origin than the server's, which has the official client of version 2. */
async function servePage() {
  const server = createServer((request, response) => {
    const script = request.url === "/client.js";
    response.setHeader("Content-Type", script ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8");
    response.end(script ? readFileSync(CLIENT) : PAGE);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** A check with a page of version 2's client in a browser of this machine. Without one it is skipped, or fails where `CI` is true. */
export function checkInBrowser(name, body) {
  checkOnPage(name, async (keep) => keep(await servePage()).url, body);
}

/** The same on the page whose URL the function answers, whoever signed its certificate. */
export function checkOnPage(name, openPage, body) {
  const program = findChromium();
  if (!program && process.env.CI !== "true") {
    test(name, { skip: `none of ${NAMES} is on the PATH` });
    return;
  }
  check(
    name,
    async (keep) => {
      if (!program) throw new Error(`none of ${NAMES} is on the PATH`);
      const url = await openPage(keep);
      const browser = keep(await chromium.launch({ executablePath: program, args: FLAGS }));
      const page = await browser.newPage({ ignoreHTTPSErrors: true });
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(url);
      await body(page);
      if (errors.length > 0) throw new Error(`the page failed: ${errors}`);
    },
    { timeoutMs: 60_000 },
  );
}
