/** `wavegate why`: which calls a name stands for, what changed between two questions, and how that is told. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { callsNamed, whyAnswered } from "../../../src/app/why-answered.ts";
import type { RunCall } from "../../../src/app/run-calls.ts";
import type { CacheNote } from "../../../src/core/cache-note.ts";
import { textChanges } from "../../../src/stage/cache/text-changes.ts";
import { createMemoryFiles } from "../../../src/testing/memory-files.ts";
import { whyLines } from "../../../src/reporters/why-lines.ts";
import { createHarness } from "../cli/harness.ts";
import { SMALL_SPEC } from "../../../src/testing/small-planning.ts";

const call = (role: string, more: Partial<RunCall> = {}): RunCall => ({
  step: `planning-${role}-r1-a1`,
  stage: "planning",
  role,
  agent: "builtin",
  attempt: 1,
  round: 1,
  state: "succeeded",
  at: "2026-01-01T00:20:00.000Z",
  ...more,
});

const calls = [
  call("risk"),
  call("risk", { step: "planning-risk-r1-a1-repair" }),
  call("risk", { step: "planning-risk-r1-a12", attempt: 12 }),
  call("reviewer"),
];

test.each([
  ["planning-risk-r1-a1", [0]],
  ["planning-risk-r1-a1-repair", [1]],
  ["risk", [0, 1, 2]],
  ["planning/reviewer", [3]],
  ["planning-risk-r1", [0, 1, 2]],
  ["planning", [0, 1, 2, 3]],
] as const)("%s names the calls %j", (name, places) => {
  expect(callsNamed(calls, "run-1", name)).toEqual(places.map((place) => calls[place]));
});

test.each([
  ["riks", "Did you mean risk?"],
  ["something else", "Name a role (risk, reviewer)"],
  ["\u001B[2J", "Name a role"],
] as const)("no call is named %j: said with a hint", (name, hint) => {
  expect(() => callsNamed(calls, "run-1", name)).toThrow(
    expect.objectContaining({ code: "USAGE", hint: expect.stringContaining(hint) }),
  );
  expect(() => callsNamed([], "run-1", name)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("wavegate watch run-1") }),
  );
});

test("where two texts differ, by lines of the later one", () => {
  expect(textChanges("a\nb\nc\nd\n", "a\nB\nc\nd\ne\nf\n")).toEqual([
    { line: 2, removed: ["b"], added: ["B"] },
    { line: 5, removed: [], added: ["e", "f"] },
  ]);
  expect(textChanges("a\nb\n", "b\n")).toEqual([{ line: 1, removed: ["a"], added: [] }]);
  expect(textChanges("same", "same")).toEqual([]);
});

test("changed parts are told by their texts where these are kept, by their values where not", async () => {
  const { artifacts } = createMemoryFiles();
  const { digest: old } = await artifacts.put("spec.md", "one\ntwo\n");
  const { digest: now } = await artifacts.put("spec.md", "one\n2\n");
  const note: CacheNote = {
    step: "planning-risk-r1-a1",
    outcome: "miss",
    because: "changed",
    key: "k".repeat(64),
    parts: {
      "agent version": "2.0",
      "input spec.md": now,
      "input plan.md": "f".repeat(64),
      "input new.md": "a".repeat(64),
      contract: "risk_assessment",
    },
    ttlMs: 900_000,
    earlier: {
      runId: "run-0",
      step: "planning-risk-r1-a1",
      storedAt: "2026-01-01T00:00:00.000Z",
      parts: {
        "agent version": "1.0",
        "input spec.md": old,
        "input plan.md": "e".repeat(64),
        contract: "risk_assessment",
        "project commit": "c".repeat(40),
      },
    },
  };
  const reasons = await whyAnswered(artifacts, [call("risk", { cache: note })]);
  const lines = whyLines(reasons, { color: false, unicode: true, width: 80 });
  expect(lines).toEqual([
    "planning-risk-r1-a1  miss",
    "  builtin was asked: no answer to this very question is kept; compared with the nearest of this role.",
    "  earlier: planning-risk-r1-a1 of run run-0",
    "  agent version changed: 1.0 → 2.0",
    "  input spec.md changed: line 2",
    "      - two",
    "      + 2",
    "  input plan.md changed: eeeeeeeeeeee → ffffffffffff",
    "  input new.md is new",
    "  project commit is not there any more",
    "  same: contract",
    "  key: kkkkkkkkkkkk",
  ]);
});

test.each([
  ["expired", "was 20 m old, and counts for 15 m"],
  ["from-the-future", "stored 20 m later than now: the clock was set back"],
  ["damaged", "was damaged"],
] as const)("%s: says so in words", async (because, words) => {
  const storedAt = because === "from-the-future" ? "2026-01-01T00:40:00Z" : "2026-01-01T00:00:00Z";
  const earlier = { runId: "run-0", step: "s", storedAt, parts: { a: "1" } };
  const note = {
    step: "s",
    outcome: "miss",
    because,
    key: "k",
    parts: { a: "1" },
    ttlMs: 900_000,
    earlier,
  } as const;
  const [reason] = await whyAnswered(createMemoryFiles().artifacts, [
    call("risk", { cache: note }),
  ]);
  expect(reason?.because).toContain(words);
  expect(reason?.same).toEqual(["a"]);
});

test("what agents and files are called can't write to the terminal", () => {
  const evil = "\u001B[2Jevil\n";
  const text = whyLines(
    [
      {
        call: {
          step: evil,
          agent: evil,
          state: "asked",
          cache: { outcome: "miss", key: "k", earlier: { runId: evil, step: evil } },
        },
        because: "no",
        changed: [
          { name: evil, before: evil, after: "b", changes: null },
          {
            name: evil,
            before: "a",
            after: "b",
            changes: [{ line: 1, removed: [evil], added: [] }],
          },
        ],
        same: [evil],
      },
    ],
    { color: false, unicode: true, width: 80 },
  );
  expect(text.some((line) => line.includes("\u001B") || line.includes("\n"))).toBe(false);
});

test("plan twice, change a line, plan again: show lists the calls, why says what happened", async () => {
  const { run, disk } = createHarness();
  const plan = (...flags: readonly string[]) => run(["plan", "specs/001/spec.md", ...flags]);
  await plan();
  await plan();
  const shown = await run(["show", "run2"]);
  expect(shown.stdout).toMatch(/planning-qa-r1-a1 +builtin +succeeded +\d+\.\d s +from the cache/);
  const hit = await run(["why", "run2", "risk"]);
  expect([hit.code, hit.stdout]).toEqual([
    0,
    expect.stringMatching(
      /^planning-risk-r1-a1 {2}hit\n {2}builtin was not asked: .*of run run1-/s,
    ),
  ]);

  disk.set(
    "specs/001/spec.md",
    SMALL_SPEC.replace("A parent pays each week.", "A parent pays twice."),
  );
  await plan();
  const miss = await run(["why", "run3", "planning-requirements-r1-a1"]);
  expect(miss.stdout).toContain(
    "input spec.md changed: line 7\n      - A parent pays each week.\n      + A parent pays twice.",
  );
  const json = await run(["why", "run3", "--json"]);
  const { calls: all } = JSON.parse(json.stdout) as { calls: readonly { because: string }[] };
  expect(all).toHaveLength(7);

  await plan("--refresh");
  expect((await run(["why", "run4", "qa"])).stdout).toContain("as --refresh asks");
  expect(await run(["why", "run4", "riks"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Did you mean risk?"),
  });
});

test("every reason is explained in docs/cache.md", () => {
  const root = path.resolve(import.meta.dirname, "../../..");
  const type = /export type CacheReason =([^;]+);/.exec(
    readFileSync(path.join(root, "src/core/cache-note.ts"), "utf8"),
  );
  const reasons = [...(type?.[1] ?? "").matchAll(/"([a-z-]+)"/g)].map(([, reason]) => reason);
  const page = readFileSync(path.join(root, "docs/cache.md"), "utf8");
  expect(reasons.length).toBeGreaterThan(10);
  expect(
    [...page.matchAll(/^\| `([a-z-]+)` \| (?:hit|miss|off) /gm)].map(([, reason]) => reason),
  ).toEqual(reasons);
});
