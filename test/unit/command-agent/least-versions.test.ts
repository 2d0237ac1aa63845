import { expect, test } from "vitest";
import { tooOld } from "../../../src/stage/agents/least-versions.ts";

test.each([
  ["codex", "codex-cli 0.43.9", true],
  ["codex", "codex-cli 0.44.0", false],
  ["codex", "codex-cli 0.169.0-alpha.1", false],
  ["codex", "1.0.0", false],
  ["claude", "0.2.126 (Claude Code)", true],
  ["claude", "2.1.197 (Claude Code)", false],
  ["claude", "unknown", false],
  [undefined, "0.0.1", false],
  ["constructor", "0.0.1", false],
] as const)("%s %j is too old: %s", (preset, version, old) => {
  expect(tooOld(preset, version) !== undefined).toBe(old);
});

test("it says what the older one lacks", () => {
  expect(tooOld("codex", "codex-cli 0.21.0")).toBe(
    "version 0.21.0 is older than 0.44.0: older ones print other events with `exec --json`",
  );
});
