/** `wavegate complete` on the shipped example, to its end: every gate decided, killed, edited and put back on the way. */
import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCliHarness, gateIn, lastJson, type Outcome } from "./cli-harness.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SPEC = "specs/001-lend-tools";

let cli: ReturnType<typeof createCliHarness>;
beforeAll(() => {
  cli = createCliHarness();
  cpSync(path.join(ROOT, "examples/tool-library"), cli.project, { recursive: true });
});
afterAll(() => cli.close());

const file = (name: string) => path.join(cli.project, SPEC, name);
const text = (name: string) => readFileSync(file(name), "utf8");

const approve = (shown: Outcome) => {
  const { run, digest } = gateIn(shown);
  return cli.run(["approve", run, "--digest", digest]);
};
/** What is shown: the exit code, and the heading. */
const standing = ({ code, stdout }: Outcome) =>
  `${code} ${/^── (.*?) ─/m.exec(stdout)?.[1] ?? stdout.split("\n")[1]}`;

test("asked for stages that do not follow each other, or from what nobody approved: refused", async () => {
  const wrong = await cli.run(["complete", SPEC, "--from", "review", "--until", "plan"]);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining("The order is plan, prepare"),
  ]);
  const unmet = await cli.run(["complete", SPEC, "--from", "prepare", "--json"]);
  expect([unmet.code, lastJson(unmet)]).toMatchObject([
    1,
    { error: { code: "STAGE_INPUTS_UNMET" } },
  ]);
  const until = await cli.run(["complete", SPEC, "--until", "plan"]);
  const { run, digest } = gateIn(until);
  const rejected = await cli.run(["reject", run, "--digest", digest, "--reason", "later"]);
  expect([until.code, rejected.code]).toEqual([4, 3]);
});

/** The run that goes from one test to the next. */
let run = "";

test("planning and preparation, killed in between; a change at the gate holds, put back it asks again", async () => {
  const planning = await cli.run(["complete", SPEC]);
  expect(standing(planning)).toBe("4 Gate of planning, round 1");
  const { digest } = gateIn(planning);
  ({ run } = gateIn(planning));

  // Killed while the second stage runs: it goes on where it was.
  const killed = cli.start(["approve", run, "--digest", digest]);
  await killed.saw("integrations: builtin started");
  killed.child.kill("SIGKILL");
  await killed.done;
  const preparation = await cli.run(["resume", run]);
  expect(standing(preparation)).toBe("4 Gate of preparation, round 1");
  expect((await cli.run(["runs"])).stdout).toMatch(
    new RegExp(`^${run} +at a gate +preparation `, "m"),
  );
  expect((await cli.run(["logs", run, "core"])).stdout).toContain("core_implementation");

  // The specification changes while the gate waits: held with the cost; put back, the gate asks again.
  const spec = text("spec.md");
  appendFileSync(file("spec.md"), "\n- Renting out tools\n");
  const held = await approve(preparation);
  expect(standing(held)).toBe("1 status     held");
  expect(held.stdout).toMatch(
    /planning runs again: requirements, [^]*preparation runs again: core/,
  );
  expect(existsSync(file("implementation_plan.md"))).toBe(false);
  const late = await approve(preparation);
  expect([late.code, late.stderr]).toEqual([1, expect.stringContaining("is held, not at a gate")]);
  writeFileSync(file("spec.md"), spec);
  const asked = await cli.run(["resume", run]);
  expect(standing(asked)).toBe("4 Gate of preparation, round 2");
  const stale = await approve(preparation);
  expect([stale.code, stale.stderr]).toEqual([1, expect.stringContaining("GATE_STALE_DIGEST")]);

  const work = await approve(asked);
  expect(standing(work)).toBe("4 Implementation");
  expect(work.stdout).toMatch(/tasks +\d\d in specs\/001-lend-tools\/implementation_plan.md/);
});

test("the implementation; an edited plan, which its gate asks about; the review, to the end", async () => {
  // Ticked off tasks are none, an edited plan is a change: its gate asks again about the edit.
  writeFileSync(
    file("implementation_plan.md"),
    text("implementation_plan.md").replace("- [ ]", "- [x]"),
  );
  cli.write("src/lend.js", "// FR-001\nexport const lend = () => undefined;\n");
  appendFileSync(file("plan.md"), "\nA line of my own.\n");
  const edited = await cli.run(["resume", run]);
  expect(edited.stdout).toMatch(/planning: its gate asks again[^]*preparation runs again/);
  const again = await cli.run(["resume", run]);
  expect(standing(again)).toBe("4 Gate of planning, round 2");
  expect(again.stdout).toMatch(/plan\.md since it was approved: \+2 -0[^]*\+A line of my own\./);
  const second = await approve(again);
  expect(standing(second)).toBe("4 Gate of preparation, round 1");
  expect(text("plan.md")).toContain("A line of my own.");
  expect(standing(await approve(second))).toBe("4 Implementation");

  const review = await cli.run(["resume", run, "--note", "Built in a day"]);
  expect(standing(review)).toBe("4 Gate of review, round 1");
  const prompt = await cli.run(["logs", run, "attempts/review-completeness-r1-a1/prompt.md"]);
  expect(prompt.stdout).toContain("src/lend.js");
  expect(prompt.stdout).toContain("Built in a day");
  const done = await approve(review);
  expect([done.code, done.stdout]).toEqual([
    0,
    expect.stringContaining("Completed: planning, preparation and review."),
  ]);
  expect(text("quality_report.md")).toContain("**Fix first**");

  const { stdout } = await cli.run(["watch", run, "--json"]);
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { event?: { type: string; stage?: string } }).event);
  const count = (type: string, stage: string) =>
    events.filter((event) => event?.type === type && event.stage === stage).length;
  // Each of the 7 agents once; those of the preparation once more, since the plan was edited.
  expect(
    ["planning", "preparation", "review"].map((stage) => count("agent-finished", stage)),
  ).toEqual([7, 14, 7]);
  expect((await cli.run(["audit", "verify"])).code).toBe(0);
  const audit = (await cli.run(["audit", "show"])).stdout;
  expect(
    [...audit.matchAll(/^\S+ {2}\S+ {2}(\S+) {2}/gm)]
      .map(([, action]) => action)
      .slice(1)
      .join(" "),
  ).toBe(
    "approve written approve voided approve written voided voided " +
      "approve written approve written approve written",
  );
});
