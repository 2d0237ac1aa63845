import { expect } from "vitest";
import type { Outcome } from "../cli-harness.ts";
import { SPEC } from "../cli-harness.ts";
import { runIn, troubleIn, type Project, type Row } from "./row.ts";

type Gate = Awaited<ReturnType<Project["toGate"]>>;

const PLAN = "specs/good/plan.md";
const approve = ({ run, digest }: Gate) => ["approve", run, "--digest", digest, "--json"];

/** The run of the row, for what is looked at afterwards. */
const gates = new WeakMap<Project, Promise<Gate>>();

const atGate = (
  name: string,
  act: (project: Project, gate: Gate) => Promise<Outcome>,
  expected: Pick<Row, "exit"> & Partial<Row>,
): Row => ({
  name,
  async act(project) {
    const gate = gates.get(project) ?? project.toGate();
    gates.set(project, gate);
    return act(project, await gate);
  },
  then: stillWaits,
  ...expected,
});

const runOf = async (project: Project) => (await gates.get(project))?.run ?? "";

async function stateOf(project: Project): Promise<string> {
  return runIn(await project.run(["show", await runOf(project), "--json"])).state;
}
async function stillWaits(project: Project): Promise<void> {
  expect(await stateOf(project)).toBe("at a gate");
}
const isCompleted = async (project: Project) => expect(await stateOf(project)).toBe("completed");

function expectCode({ code, stdout }: Outcome, codes: readonly number[]): void {
  expect(codes.includes(code ?? -1) || stdout).toBe(true);
}

function expectFinished(outcome: Outcome): void {
  const { code, text } = troubleIn(outcome);
  expect([code, text]).toEqual(["RUN_FINISHED", expect.stringContaining("completed")]);
}

async function countedOnce(project: Project): Promise<void> {
  const state = await stateOf(project);
  expect(["completed", "rejected"]).toContain(state);
  expect(PLAN in project.files()).toBe(state === "completed");
  const { stdout } = await project.run(["audit", "verify"]);
  // An approval is followed by what was written.
  expect(stdout).toContain(state === "completed" ? "whole: 2 entries" : "whole: 1 entry");
}

async function showsWhatIsThere(project: Project): Promise<void> {
  expect(project.files()[PLAN]).toBe("# My own\n");
  const shown = await project.run(["show", await runOf(project)]);
  expect(shown.stdout).toContain("   -# My own\n");
}

const unknown = (...args: readonly string[]): Row => ({
  name: `a run that doesn't exist: ${args[0]}`,
  act: args,
  exit: 1,
  code: "RUN_NOT_FOUND",
  says: /no-such-run|latest/,
});

/** Decisions that don't count, and runs that are not there. */
export const DECISION_ROWS: readonly Row[] = [
  ...["show", "watch", "resume", "cancel", "logs"].map((name) => unknown(name, "no-such-run")),
  unknown("show", "latest"),
  unknown("approve", "no-such-run", "--digest", "abcdef"),
  { name: "a decision when none is asked for", act: ["approve"], exit: 2, code: "USAGE" },
  atGate(
    "two decisions at once: one counts",
    async ({ run }, { run: id, digest }) => {
      const both = await Promise.all([
        run(["approve", id, "--digest", digest, "--json"]),
        run(["reject", id, "--digest", digest, "--reason", "no", "--json"]),
      ]);
      const [winner, loser] = both[0].code === 1 ? [both[1], both[0]] : both;
      expectCode(winner, [0, 3]);
      return loser;
    },
    {
      exit: 1,
      writes: true,
      says: /already answered differently|has ended|has not asked/,
      then: countedOnce,
    },
  ),
  atGate(
    "a decision with an old digest",
    async ({ run }, gate) => {
      const changed = ["modify", gate.run, "--digest", gate.digest, "--text", "Name the currency"];
      expectCode(await run(changed), [4]);
      return run(approve(gate));
    },
    { exit: 1, code: "GATE_STALE_DIGEST" },
  ),
  atGate("a decision without a digest", ({ run }, gate) => run(["approve", gate.run, "--json"]), {
    shares: true,
    exit: 2,
    code: "GATE_DIGEST_REQUIRED",
  }),
  atGate(
    "a decision with too short a digest",
    ({ run }, { run: id, digest }) => run(approve({ run: id, digest: digest.slice(0, 5) })),
    { shares: true, exit: 2, code: "GATE_DIGEST_REQUIRED" },
  ),
  atGate(
    "a rejection without a reason",
    ({ run }, { run: id, digest }) => run(["reject", id, "--digest", digest, "--json"]),
    { shares: true, exit: 2, code: "GATE_REASON_REQUIRED" },
  ),
  atGate(
    "a modification without changes",
    ({ run }, { run: id, digest }) => run(["modify", id, "--digest", digest, "--json"]),
    { shares: true, exit: 2, code: "GATE_CHANGES_REQUIRED" },
  ),
  atGate(
    "an edited file that is not there",
    ({ run }, { run: id, digest }) =>
      run(["modify", id, "--digest", digest, "--file", "plan.md", "--json"]),
    { shares: true, exit: 2, code: "USAGE", place: { file: "plan.md" } },
  ),
  atGate(
    "a decision on `latest`",
    ({ run }, { digest }) => run(approve({ run: "latest", digest })),
    {
      shares: true,
      exit: 2,
      code: "USAGE",
    },
  ),
  atGate(
    "a run that waits for a decision, resumed",
    ({ run }, gate) => run(["resume", gate.run, "--json"]),
    { shares: true, exit: 1, code: "RUN_NOT_WAITING" },
  ),
  atGate(
    "approve, resume and cancel once it is approved",
    async ({ run }, gate) => {
      expectCode(await run(approve(gate)), [0]);
      const again = await Promise.all([
        run(["resume", gate.run, "--json"]),
        run(["cancel", gate.run, "--json"]),
      ]);
      again.forEach(expectFinished);
      return run(approve(gate));
    },
    { exit: 1, code: "RUN_FINISHED", says: /completed/, writes: true, then: isCompleted },
  ),
  atGate(
    "approval after the specification changed",
    async ({ run, write }, gate) => {
      write("specs/good/spec.md", `${SPEC}- **SC-002**: nobody waits longer than 2 seconds\n`);
      return run(approve(gate));
    },
    { exit: 4, says: /spec\.md changed after the proposal was shown/, writes: true },
  ),
  atGate(
    "approval after somebody wrote a plan of their own",
    async ({ run, write }, gate) => {
      write(PLAN, "# My own\n");
      return run(approve(gate));
    },
    {
      exit: 4,
      says: /plan\.md changed after the proposal was shown/,
      writes: true,
      then: showsWhatIsThere,
    },
  ),
];
