import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { TRANSPORTS } from "./env.mjs";

export { sleep };

async function attempt(body, timeoutMs) {
  const kept = [];
  const keep = (resource) => (kept.push(resource), resource);
  try {
    await within(body(keep), timeoutMs, "end of the check");
  } finally {
    for (const resource of kept.reverse()) resource.close();
  }
}

/** A bounded test; `keep(resource)` closes the resource when the test is over or out of time. */
export function check(name, body, { timeoutMs = 8000 } = {}) {
  test(name, { timeout: timeoutMs + 2000 }, () => attempt(body, timeoutMs));
}

/** For apps that give 200 ms for a pong, which a client on a busy machine may miss once. */
export function checkTwice(name, body) {
  test(name, { timeout: 18_000 }, async (t) => {
    try {
      await attempt(body, 8000);
    } catch (error) {
      t.diagnostic(`first try: ${error.message}`);
      await attempt(body, 8000);
    }
  });
}

export function checkOverTransports(name, body, options) {
  for (const transport of TRANSPORTS) {
    check(`${name} [${transport}]`, (keep) => body(transport, keep), options);
  }
}

export async function within(promise, ms, what) {
  const timer = new AbortController();
  const late = sleep(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${what}: nothing within ${ms} ms`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}

/** Asks again until the answer satisfies the condition. */
export async function eventually(ask, condition, ms = 3000) {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (condition(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)} after ${ms} ms`);
    await sleep(25);
  }
}
