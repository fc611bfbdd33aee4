import { describe, test } from "node:test";
import { CONFORMANCE_URL, REFERENCE_URL, TRANSPORTS } from "../lib/env.mjs";
import { ALLOWED, EVERYWHERE } from "./allowed.mjs";
import { compare } from "./compare.mjs";
import { SCRIPTS } from "./scripts/index.mjs";
import { Stage } from "./stage.mjs";

const WITH_ITSELF = process.env.DIFFERENTIAL_WITH_ITSELF === "true";

function allowances(id, transport) {
  if (WITH_ITSELF) return [];
  return ALLOWED.filter((allowed) => allowed.script === id && (allowed.over ?? TRANSPORTS).includes(transport));
}

/** The reference's transcript without what we never say. */
function without(lines, id) {
  if (WITH_ITSELF) return lines;
  const unsaid = EVERYWHERE.filter(({ scripts }) => scripts.test(id));
  return lines.map((line) => unsaid.reduce((text, { reference }) => text.replace(reference, ""), line));
}

describe("the same script against the reference and against us", { concurrency: 4 }, () => {
  for (const script of SCRIPTS.filter(({ id }) => id.includes(process.env.SCRIPT ?? ""))) {
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
