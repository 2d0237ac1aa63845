import { expect, test } from "vitest";
import { createSandboxes } from "../../../src/bootstrap/sandboxes.ts";

test("each agent that a run uses and that has no sandbox is told of once, together with others of the same reason", async () => {
  const lines: string[] = [];
  const { sandboxOf, warnUnprotected } = createSandboxes({
    env: {},
    project: "/project",
    stateFolder: "/project/.wavegate",
    all: { mode: "preferred" },
    bubblewrap: null,
    // Where there is none: nothing is started to find that out.
    platform: "darwin",
    warn: (line) => lines.push(line),
  });
  for (const name of ["one", "two", "three", "idle"]) sandboxOf({ name }, { env: {} });
  sandboxOf({ name: "bare", sandbox: { mode: "off" } }, { env: {} });
  await warnUnprotected(["one", "two", "bare", "unknown"]);
  await warnUnprotected(["two", "three"]);
  await warnUnprotected(["three", "one"]);
  expect(lines.map((line) => /NO SANDBOX for ([^:]*):/.exec(line)?.[1])).toEqual([
    "one, two",
    "three",
  ]);
});
