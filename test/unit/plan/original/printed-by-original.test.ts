import { describe, expect, test } from "vitest";
import { originalInit } from "../../../../src/plan/original/original-init.ts";
import { originalNext } from "../../../../src/plan/original/original-next.ts";
import type { OriginalVersion } from "../../../../src/plan/original/original-status.ts";
import { printedByOriginal } from "../../../../src/plan/original/printed-by-original.ts";
import type { OriginalCommand } from "../../../../src/plan/original/printed-by-original.ts";
import { LOOK_ALIKE, NOW, PLAN_PATH } from "./look-alike.ts";

const print = (command: OriginalCommand, version: OriginalVersion, text = LOOK_ALIKE) =>
  printedByOriginal({
    command,
    version,
    planPath: PLAN_PATH,
    planText: text,
    status: undefined,
    now: NOW,
    localTime: (iso) => `at ${iso}`,
  });

describe("what is printed", () => {
  test("JSON with two spaces and a newline; a plan without status as it is after init", () => {
    const init = originalInit(PLAN_PATH, LOOK_ALIKE, "head", NOW);
    if ("error" in init) throw new Error(init.error);
    expect(print({ name: "next", count: 1 }, "head")).toEqual({
      output: `${JSON.stringify(originalNext(init.status, 1, "head", LOOK_ALIKE), null, 2)}\n`,
    });
    expect(print({ name: "check", task: "9.9" }, "head")).toEqual({
      output: '{\n  "error": "Task 9.9 not found"\n}\n',
    });
    for (const name of ["init", "status", "phases"] as const)
      expect(print({ name }, "seed")).toHaveProperty("output");
  });

  test("seed knows no formats of progress; times are those of the machine", () => {
    const text = print({ name: "progress", format: "text" }, "seed");
    expect(text).toMatchObject({ output: expect.stringContaining(`Last Updated: at ${NOW}\n`) });
    expect(print({ name: "progress", format: "json" }, "seed")).toEqual(text);
    expect(print({ name: "progress", format: "markers" }, "seed")).toEqual(text);
    expect(print({ name: "progress", format: "markers" }, "head")).toMatchObject({
      output: expect.stringMatching(/^\[PROGRESS\] plan status=pending percent=0\n/),
    });
    expect(print({ name: "progress", format: "json" }, "head")).toMatchObject({
      output: expect.stringMatching(/^\{\n {2}"plan": \{/),
    });
  });

  test("errors, and what cannot be read as a status", () => {
    expect(print({ name: "init" }, "head", "")).toEqual({ error: "Could not read plan file" });
    expect(print({ name: "phases" }, "head", "")).toEqual({ error: "Could not read plan file" });
    const question = {
      version: "head",
      planPath: PLAN_PATH,
      planText: LOOK_ALIKE,
      now: NOW,
    } as const;
    const command = { name: "phases" } as const;
    expect(printedByOriginal({ ...question, command, status: [], localTime: String })).toEqual({
      error: "No status.json found.",
    });
  });

  test("text that turns around or that a terminal acts on is escaped: the same JSON", () => {
    const hostile = "# A\u202Eb\u009B1m\n## Phase 1: One\n- [ ] 1.1 c\u200Bd\u001B[31m\n";
    const printed = print({ name: "next", count: 5 }, "head", hostile);
    expect(printed).toMatchObject({
      output: expect.stringContaining(String.raw`c\u200bd\u001b[31m`),
    });
    const lines = print({ name: "progress", format: "text" }, "head", hostile);
    expect(lines).toMatchObject({ output: expect.stringMatching(/^Plan: Ab1m\n/) });
  });
});
