import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createHarness, digestIn } from "./harness.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";

const SPEC_PATH = "specs/001/spec.md";
const json = (text: string): unknown => JSON.parse(text.trimEnd().split("\n").at(-1) ?? "");

/** A run that waits at its gate. */
const atGate = async () => {
  const harness = createHarness();
  const planned = await harness.run(["plan", SPEC_PATH]);
  const digest = digestIn(planned.stdout);
  return { ...harness, planned, digest, short: digest.slice(0, 12) };
};

test("plan: progress on stderr, the gate with its commands on stdout, exit code 4", async () => {
  const { planned, short, disk } = await atGate();
  expect(planned.code).toBe(4);
  expect(planned.stderr).toContain("requirements: builtin started, attempt 1\n");
  expect(planned.stderr).not.toContain("coverage");
  expect(planned.stdout).toContain(" coverage        1 of 1 requirements\n".slice(0, 17));
  expect(planned.stdout).toContain(`wavegate approve run1-albums --digest ${short}\n`);
  expect(disk.has("specs/001/plan.md")).toBe(false);
});

test("approve: files are written, exit code 0; a second decision changes nothing", async () => {
  const { run, short, disk, audit } = await atGate();
  const approved = await run(["approve", "run1", "--digest", short]);
  expect(approved).toMatchObject({ code: 0 });
  expect(approved.stdout).toContain(
    "Planning phase completed successfully\n  wrote specs/001/plan.md\n",
  );
  expect(approved.stderr).not.toContain("requirements: builtin started");
  expect(disk.get("specs/001/plan.md")).toContain("Pocket money");
  expect(audit).toMatchObject([
    { actor: "ada", action: "approve" },
    { actor: "ada", action: "written" },
  ]);

  const again = await run(["reject", "run1", "--digest", short, "--reason", "late"]);
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/^error (?:RUN_NOT_WAITING|GATE_ALREADY_DECIDED|RUN_FINISHED): /);
  expect(audit).toHaveLength(2);
});

test("reject: with a reason, exit code 3, nothing written", async () => {
  const { run, short, disk } = await atGate();
  expect(await run(["reject", "--digest", short])).toMatchObject({ code: 2 });
  expect(await run(["reject", "--digest", short, "--reason", "too vague"])).toMatchObject({
    code: 3,
  });
  expect(disk.has("specs/001/plan.md")).toBe(false);
});

test("modify: the gate opens again with another digest, exit code 4", async () => {
  const { run, digest, short } = await atGate();
  const modified = await run(["modify", "run1", "--digest", short, "--text", "Name the currency"]);
  expect(modified.code).toBe(4);
  expect(modified.stdout).toContain("round 2");
  expect(digestIn(modified.stdout)).not.toBe(digest);
  const stale = await run(["approve", "run1", "--digest", short]);
  expect(stale).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("error GATE_STALE_DIGEST"),
  });
});

test.each([
  [["approve"], "GATE_DIGEST_REQUIRED", 2],
  [["approve", "--digest", "abc"], "GATE_DIGEST_REQUIRED", 2],
  [["approve", "--digest", "0".repeat(12)], "GATE_STALE_DIGEST", 1],
  [["approve", "nobody", "--digest", "0".repeat(12)], "RUN_NOT_FOUND", 1],
  [["approve", "latest", "--digest", "0".repeat(12)], "USAGE", 2],
  [["modify", "--digest", "DIGEST"], "GATE_CHANGES_REQUIRED", 2],
  [["modify", "--digest", "DIGEST", "--file", "/nowhere/plan.md"], "USAGE", 2],
  [["modify", "--digest", "DIGEST", "--file", "other.md"], "USAGE", 2],
] as const)("%j is refused with %s, and the gate still waits", async (args, code, exit) => {
  const { run, short } = await atGate();
  const given = args.map((arg) => (arg === "DIGEST" ? short : arg));
  const refused = await run([...given, "--json"]);
  expect(refused.code).toBe(exit);
  expect(json(refused.stdout)).toMatchObject({
    error: { code, hint: expect.stringMatching(/\w/) },
  });
  expect(await run(["show", "latest", "--json"])).toMatchObject({
    stdout: expect.stringContaining('"state":"at a gate"'),
  });
});

test("nobody decides, starts, resumes or ends a run from inside an attempt of the project", async () => {
  const { run, short, hooks, audit, disk } = await atGate();
  hooks.surroundingRuns = ["of-another-project", "run1-albums"];
  for (const args of [
    ["approve", "run1", "--digest", short],
    ["reject", "run1", "--digest", short, "--reason", "x"],
    ["modify", "run1", "--digest", short, "--text", "x"],
    ["resume", "run1"],
    ["cancel", "run1"],
    ["plan", SPEC_PATH],
    ["complete", SPEC_PATH],
  ])
    expect(await run(args)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error GATE_INSIDE_ATTEMPT: [^]*\n {2}hint: Have a person/m),
    });
  hooks.surroundingRuns = [""];
  expect((await run(["approve", "run1", "--digest", short])).stderr).toContain("INSIDE_ATTEMPT");
  expect([audit, disk.has("specs/001/plan.md")]).toEqual([[], false]);
  hooks.surroundingRuns = ["of-another-project"];
  expect((await run(["approve", "run1", "--digest", short])).code).toBe(0);
});

test("without RUN, the only waiting run is meant; with two, they are named", async () => {
  const { run, short } = await atGate();
  await run(["plan", SPEC_PATH]);
  const refused = await run(["approve", "--digest", short]);
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("run2-albums, run1-albums"),
  });
});

test("a lost quorum holds the run: exit code 5, and the way on", async () => {
  const { run } = createHarness(({ role }) =>
    role === "requirements" || role === "risk" ? { outputBytes: 0 } : goodAnswer({ role }),
  );
  const held = await run(["plan", SPEC_PATH]);
  expect(held.code).toBe(5);
  expect(held.stdout).toContain("STAGE_QUORUM_NOT_MET");
});

test("Ctrl-C: what runs stops, how to go on is said, exit code 130; resume reaches the gate", async () => {
  const { run, hooks } = createHarness();
  hooks.interrupt = true;
  const stopped = await run(["plan", SPEC_PATH]);
  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toContain("Carry on with: wavegate resume run1-albums\n");
  expect(stopped.stdout).toBe("");
  const resumed = await run(["resume", "run1"]);
  expect(resumed.code).toBe(4);
  const [first = "", ...lines] = resumed.stderr.split("\n");
  expect(first).toMatch(/^Run run1-albums goes on: .* shown by: wavegate watch run1-albums$/);
  expect(lines.join("\n")).toContain("gate 1 of planning opened");
  expect(resumed.stderr).not.toContain("run started");
});

test("--json: events, then the result, each one object on a line", async () => {
  const { run } = createHarness();
  const { stdout, stderr, code } = await run(["plan", SPEC_PATH, "--json"]);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines[0]).toMatchObject({ seq: 1, event: { type: "run-started" } });
  expect(lines.at(-1)).toMatchObject({
    type: "result",
    run: { state: "at a gate", gate: { round: 1 } },
  });
  const seqs = lines.slice(0, -1).map((line) => Number(line["seq"]));
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
  expect([stderr, code]).toEqual(["", 4]);
});

test("watch ends when the run waits, with the code of where it stands", async () => {
  const { run } = await atGate();
  expect(await run(["watch", "latest"])).toMatchObject({ code: 4 });
  expect(await run(["watch", "nobody"])).toMatchObject({ code: 1 });
});

test.each([
  ["Ctrl-C at the question of `plan`", ["plan", SPEC_PATH], "\u0003"],
  ["Ctrl-C at the question of `approve`", ["approve", "run1"], "\u0003"],
  ["No at the question of `approve`", ["approve", "run1"], "n"],
] as const)("%s: said to be no decision, exit code 4", async (_, args, key) => {
  const { run, disk } = await atGate();
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  stdin.write(key);
  const { code, stderr } = await run(args, { tty: true, stdin });
  expect(code).toBe(4);
  expect(
    stderr.endsWith("Nothing was decided; the run waits. Decide with the commands above.\n"),
  ).toBe(true);
  expect(disk.has("specs/001/plan.md")).toBe(false);
});
