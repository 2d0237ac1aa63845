import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collectOutput } from "../../../src/adapters/agents/command/collect-output.ts";
import { judgeOutcome } from "../../../src/adapters/agents/command/judge-outcome.ts";
import { UNKNOWN_USAGE } from "../../../src/adapters/agents/shared/usage.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "wavegate-outcome-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is said of a program that printed this on stderr and ended with exit code 1. */
async function messageOf(stderr: string): Promise<string> {
  const output = await collectOutput({ outputFolder: folder, onLine: () => {} }, undefined);
  await output.sinks.stderr(Buffer.from(stderr));
  await output.close();
  const outcome = judgeOutcome({
    name: "puppet",
    end: {
      spawnError: undefined,
      stopped: undefined,
      exitCode: 1,
      exitSignal: undefined,
      outputBytes: stderr.length,
      survivors: 0,
      resources: { peakMemoryBytes: "unknown", cpuMs: "unknown" },
    },
    limits: { timeoutMs: 1, stallMs: 1, maxOutputBytes: 1 },
    reading: { ok: true, transcript: { usage: UNKNOWN_USAGE } },
    works: true,
    outputBytes: 0,
    lastError: output.lastError(),
    lastErrors: output.lastErrors(),
    tail: output.tail(),
    now: 0,
  });
  return outcome.ok ? "" : outcome.error.message;
}

const THROWN = `node:fs:2342
    return binding.writeFileUtf8(
                   ^

Error: EROFS: read-only file system, open 'x-other.txt'
    at writeFileSync (node:fs:2342:20)
    at file:///work/puppet.js:3:1 {
  errno: -30,
  code: 'EROFS'
}

Node.js v20.20.2
`;

test.each([
  [THROWN, "Error: EROFS: read-only file system, open 'x-other.txt'"],
  [
    'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nKeyError: 1\n',
    "KeyError: 1",
  ],
  ["looking around\nno module named x\n", "no module named x"],
  // what was cut off at the beginning says nothing, and what is in one long line is told from its beginning
  [`${"x".repeat(5_000)}\nno such model\n`, "no such model"],
  [`\u001B[31mError: red\u001B[0m\nNode.js v20\n`, "Error: red"],
])("of a program that crashed the line is told that says what failed: %#", async (stderr, line) => {
  expect(await messageOf(stderr)).toBe(`puppet ended with exit code 1: ${line}`);
});

test("a crash is told in a bounded line, also where all that was printed is one", async () => {
  const message = await messageOf(`begun ${"x".repeat(9_000)}`);
  expect(message).toMatch(/^puppet ended with exit code 1: begun x+…?$/);
  expect(message.length).toBeLessThan(400);
});

test("a program that printed nothing is said to have ended", async () => {
  expect(await messageOf("")).toBe("puppet ended with exit code 1");
});
