import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { REFERENCE_URL } from "../lib/env.mjs";
import { compare } from "./compare.mjs";
import { SCRIPTS } from "./scripts/index.mjs";
import { Stage } from "./stage.mjs";
import { Transcript } from "./transcript.mjs";

/** Deliberate changes of a transcript, each of which must be found. */
const CHANGES = [
  ["a line that is missing", (lines) => lines.slice(0, -1)],
  ["a line too many", (lines) => [...lines, lines[0]]],
  ["another order", (lines) => lines.with(3, lines[4]).with(4, lines[3])],
  ["another byte", (lines) => lines.map((line) => line.replace("binary 0102", "binary 0103"))],
  ["another argument", (lines) => lines.map((line) => line.replace('< 42["news",', '< 42["news" ,'))],
  ["another identity", (lines) => lines.map((line) => line.replace(/^b: < 40\{"sid":"<socket 2>"/, 'b: < 40{"sid":"<socket 1>"'))],
  ["another reason", (lines) => lines.map((line) => line.replace("forced close", "transport close"))],
];

const SAMPLE = {
  id: "sample",
  run: async (stage) => {
    const [a, b] = [await stage.joined("a"), await stage.joined("b")];
    const room = stage.room("r");
    await b.call("join", room);
    await a.call("to", [room], [], "news", 1);
    await b.settle();
    b.send('451-["echo",{"_placeholder":true,"num":0}]', Buffer.from([1, 2]));
    await b.take(2);
    b.emit("kill");
    await b.ended();
    await stage.reasonOf(b.id);
  },
};

describe("the comparison", () => {
  const reference = Stage.perform(SAMPLE, REFERENCE_URL, "websocket");

  test("finds two runs of the reference equal", async () => {
    compare(await reference, await Stage.perform(SAMPLE, REFERENCE_URL, "websocket"));
  });

  for (const [what, change] of CHANGES) {
    test(`finds ${what}`, async () => {
      const lines = await reference;
      const changed = change([...lines]);
      assert.notDeepEqual(changed, lines, "the change must be one");
      assert.throws(() => compare(lines, changed), /the transcripts differ/);
    });
  }

  test("says what is only in one of both", () => {
    assert.throws(() => compare(["x", "y", "z"], ["x", "q", "z"]), /\n {2}x\n- y\n\+ q\n {2}z$/);
  });
});

describe("an allowance", () => {
  test("permits exactly what it says", () => {
    const allowance = { reference: ["y"], ours: ["q", "r"] };
    compare(["x", "y", "z"], ["x", "q", "r", "z"], [allowance]);
    assert.throws(() => compare(["x", "y", "z"], ["x", "q", "z"], [allowance]), /the transcripts differ/);
  });

  test("fails when the difference is gone", () => {
    assert.throws(() => compare(["x", "y"], ["x", "y"], [{ reference: ["y"], ours: ["q"] }]), /the transcripts differ/);
    assert.throws(() => compare(["x"], ["x"], [{ reference: ["y"], ours: ["q"] }]), /stale allowance/);
  });
});

describe("a transcript", () => {
  test("gives the same name to the same id, before and after it is known", () => {
    const transcript = new Transcript();
    transcript.add("a", "id ABC");
    transcript.mask("ABC", "socket");
    transcript.mask("DEF", "socket");
    transcript.mask("ABC", "socket");
    transcript.add("b", '["DEF","ABC"] DEF');
    assert.deepEqual(transcript.lines(), ["a: id <socket 1>", 'b: ["<socket 1>","<socket 2>"] <socket 2>']);
  });
});

describe("the scripts", () => {
  test("have names of their own", () => {
    const ids = SCRIPTS.map(({ id }) => id);
    assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
  });
});
