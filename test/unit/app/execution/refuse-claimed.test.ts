/** A plan that another run carries out: which run, how it stands, and one thing to do. */
import { expect, test } from "vitest";
import { refuseClaimed } from "../../../../src/app/execution/refuse-claimed.ts";
import type { Engine, RunRecord } from "../../../../src/ports/engine.ts";

const FILES = ["docs/plans/a.md", "docs/plans/b.md"];
const RUN: RunRecord = {
  runId: "k7f3p-b",
  workflow: "run-plan",
  subject: "docs/plans/b.md docs/plans/c.md",
  status: "running",
  createdAt: "",
  updatedAt: "",
};
const HELD = {
  wait: { name: "hold", kind: "hold", token: "t", info: null, openedAt: "" },
} as const;

const asked = (run: Partial<RunRecord>) => {
  const all = [{ ...RUN, ...run }];
  const runs: Engine["runs"] = async ({ status } = {}) =>
    all.filter((each) => each.status === status);
  return refuseClaimed({ runs }, FILES).then(
    () => null,
    ({ code, message, hint }: { code: string; message: string; hint: string }) => [
      code,
      message.slice("Run k7f3p-b carries out docs/plans/b.md already, and ".length),
      hint,
    ],
  );
};

const SHOW = "See what it waits for: wavegate show k7f3p-b";
const WAITS = "is held until a person has seen to it.";

test.each<[Partial<RunRecord>, string, string]>([
  [{}, "is at work on it.", "Watch it: wavegate watch k7f3p-b"],
  [{ status: "pending" }, "is executed by nobody now.", "Go on with it: wavegate resume k7f3p-b"],
  [{ status: "failed", ...HELD }, WAITS, SHOW],
  [{ status: "waiting", ...HELD }, WAITS, SHOW],
])("%j", async (run, how, hint) => {
  expect(await asked(run)).toEqual(["PLAN_CLAIMED", how, hint]);
});

test.each<Partial<RunRecord>>([
  { status: "failed" },
  { status: "completed" },
  { workflow: "complete" },
  { subject: "docs/plans/c.md" },
])("%j claims nothing of them", async (run) => {
  expect(await asked(run)).toBeNull();
});
