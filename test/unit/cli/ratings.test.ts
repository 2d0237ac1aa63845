import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import { askDecision } from "../../../src/cli/ask-decision.ts";
import type { CliIo } from "../../../src/cli/cli.ts";
import { judgedAtGate } from "../../../src/stage/gate.ts";

/** A terminal at which each question is answered with keys, once it is shown. */
function terminal(answers: Readonly<Record<string, string>>): CliIo {
  const open = new Map(Object.entries(answers));
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  let shown = "";
  const stderr = new Writable({
    write(chunk, _, done) {
      shown += String(chunk);
      for (const [question, keys] of open)
        if (shown.includes(question)) {
          open.delete(question);
          setImmediate(() => stdin.write(keys));
        }
      done();
    },
  });
  return {
    stdin,
    stderr,
    stdout: stderr,
    env: {},
    platform: "linux",
    cwd: "/",
    user: "ada",
    ticker: { now: () => 0, every: () => () => undefined },
    onInterrupt: () => () => undefined,
  };
}

test.each([
  ["4\r", { kind: "approve", ratings: { satisfaction: 4 } }],
  ["\r", { kind: "approve" }],
  // A figure out of range is not taken; it is corrected.
  ["9\r\u007f2\r", { kind: "approve", ratings: { satisfaction: 2 } }],
  // Ctrl-C passes over the question; the decision stands.
  ["\u0003", { kind: "approve" }],
])("asked how satisfied one is, %j gives %j", async (keys, choice) => {
  // "Decide later" is chosen to begin with; "Approve" follows it, round the corner.
  const io = terminal({ "Your decision": "\u001b[B\r", "How satisfied are you": keys });
  expect(await askDecision(io, [], { judged: judgedAtGate("planning") })).toEqual(choice);
});

test("Enter alone decides nothing", async () => {
  expect(await askDecision(terminal({ "Your decision": "\r" }), [])).toBeUndefined();
});
