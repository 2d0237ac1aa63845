import { expect, test } from "vitest";
import { initialStates } from "../../../src/execution/initial-states.ts";
import type { TaskProgress } from "../../../src/plan/progress/progress.ts";
import { phase, planOf, task, verification } from "../plan/plans.ts";
import { graphOf } from "./any-run.ts";

test("what is finished before a run is not done again; a check that was left behind is skipped", () => {
  const graph = graphOf(
    planOf({
      phases: [phase("1", []), phase("2", ["1"])],
      tasks: [task("1.1"), task("1.2"), task("2.1"), task("2.2")],
      verifications: [
        verification("VERIFY 1", { phase: "1" }),
        verification("VERIFY 2", { phase: "2" }),
      ],
    }),
  );
  const at = (key: string, state: TaskProgress["state"]) =>
    [graph.indexOf.get(key) ?? -1, { state, retries: 2 }] as const;
  const states = initialStates(
    graph,
    new Map([at("1.1", "done"), at("1.2", "skipped"), at("2.1", "failed")]),
  );
  expect([...states].map(([key, { status }]) => [key, status])).toEqual([
    ["1.1", "done"],
    ["1.2", "skipped"],
    ["VERIFY 1", "skipped"],
  ]);
});
