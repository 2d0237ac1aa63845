import fc from "fast-check";
import { expect, test } from "vitest";
import { heldUpBy } from "../../../../src/plan/answers/held-up.ts";
import { standingOptions, viewOf } from "../../../../src/plan/answers/plan-view.ts";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import type { Plan } from "../../../../src/plan/model.ts";
import { whyWaiting } from "../../../../src/plan/progress/why-waiting.ts";
import { anyPlan } from "../any-plan.ts";
import { viewOfLines } from "./view-of-lines.ts";

const viewed = (plan: Plan) =>
  viewOf({
    head: {
      file: "a.md",
      name: "a",
      dialect: plan.dialect,
      title: "",
      foundBy: { rule: "path", source: null },
    },
    plan,
    graph: buildGraph(plan, { barriers: "phases", inferred: true }),
    recorded: new Map(
      plan.tasks.slice(0, 2).map(({ key }) => [key, { state: "completed", retries: 0 }]),
    ),
    rule: "barriers",
    errors: new Map(),
    statusFile: null,
    damaged: null,
    diagnostics: [],
  });

test("counted together, each node holds up what it does by itself", () => {
  fc.assert(
    fc.property(anyPlan("any"), (plan) => {
      const view = viewed(plan);
      const nodes = view.graph.nodes.map((_, index) => index);
      const alone = nodes.map(
        (node) => whyWaiting(view.graph, view.progress, node, standingOptions(view)).holdsUp,
      );
      const together = heldUpBy(view, nodes);
      expect(nodes.map((node) => together.get(node))).toEqual(alone);
    }),
  );
});

test("of a chain longer than a number has bits, each task holds up all behind it that is not done", () => {
  const view = viewOfLines("docs/plans/p.md", [
    "## Phase 1: A",
    ...Array.from(
      { length: 70 },
      (_, at) =>
        `- [${at === 40 ? "x" : " "}] 1.${at + 1} A${at === 0 ? "" : ` (depends: 1.${at})`}`,
    ),
  ]);
  const nodes = Array.from({ length: 70 }, (_, at) => view.graph.indexOf.get(`1.${at + 1}`) ?? -1);
  const held = heldUpBy(view, nodes.toReversed());
  expect(nodes.map((node) => held.get(node))).toEqual(
    nodes.map((_, at) => 69 - at - (at < 40 ? 1 : 0)),
  );
});
