import { expect, test } from "vitest";
import { acpAgentProblems } from "../../../src/stage/agents/acp/problems.ts";

const keysOf = (acp: "codex" | "opencode", sessionsPerProcess: number) =>
  acpAgentProblems({ kind: "acp", name: "a", acp, sessionsPerProcess }).map(({ key }) => key);

test("sessions share a process only where each hands in its own result", () => {
  expect(keysOf("codex", 2)).toEqual([]);
  expect(keysOf("opencode", 1)).toEqual([]);
  expect(keysOf("opencode", 2)).toEqual(["sessions-per-process"]);
});
