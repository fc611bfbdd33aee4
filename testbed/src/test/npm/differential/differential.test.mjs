import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CONFORMANCE_URL, REFERENCE_URL, TRANSPORTS } from "../lib/env.mjs";
import { EVERYWHERE } from "./allowed-http.mjs";
import { ALLOWED } from "./allowed.mjs";
import { compare } from "./compare.mjs";
import { SCRIPTS } from "./scripts/index.mjs";
import { Stage } from "./stage.mjs";

const WITH_ITSELF = process.env.DIFFERENTIAL_WITH_ITSELF === "true";

function allowances(id, transport) {
  if (WITH_ITSELF) return [];
  return ALLOWED.filter((allowed) => allowed.script === id && allowed.over.includes(transport));
}

/** The reference's transcript without what differs everywhere. */
function without(lines, id) {
  if (WITH_ITSELF) return lines;
  const rules = EVERYWHERE.filter(({ scripts }) => scripts.test(id));
  return lines.map((line) => rules.reduce((text, { reference, ours }) => text.replace(reference, ours), line));
}

describe("the same script against the reference and against us", { concurrency: 4 }, () => {
  for (const script of SCRIPTS) {
    for (const transport of script.over ?? TRANSPORTS) {
      test(`${script.id} [${transport}]`, async () => {
        const transcripts = [REFERENCE_URL, CONFORMANCE_URL].map((base) => Stage.perform(script, base, transport));
        const [reference, ours] = await Promise.allSettled(transcripts);
        for (const { reason } of [reference, ours]) if (reason) throw reason;
        compare(without(reference.value, script.id), ours.value, allowances(script.id, transport));
      });
    }
  }
});

test("every allowed difference is one of an existing script over its transports", () => {
  const over = new Map(SCRIPTS.map((script) => [script.id, script.over ?? TRANSPORTS]));
  for (const allowed of ALLOWED) {
    assert.ok(allowed.why, `${allowed.script}: without a reason`);
    assert.ok(allowed.over.every((transport) => over.get(allowed.script)?.includes(transport)), `${allowed.script}: ${allowed.over}`);
  }
});
