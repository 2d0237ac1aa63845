import type { PlanDiagnostic } from "../../model.ts";
import { quoted } from "../../report.ts";
import { find, items, wordOf, type Value } from "../../../core/json-values.ts";
import { claim, minutesOf, sameTime, showTime, type Case } from "./claim.ts";

/** Declared critical paths against the dependencies and durations, and what is said of circles. */
export function checkCriticalPath(one: Case): readonly PlanDiagnostic[] {
  return one.facts.documents.flatMap((document) => [
    ...checkAcyclic(document, one),
    ...checkPath(document, one),
  ]);
}

/** Words that say that a check was passed. */
const PASSED =
  /^(?:true|yes|pass(?:ed)?|valid(?:ated)?|ok|success(?:ful)?|acyclic|no cycles?.{0,40})$/i;

function checkAcyclic(document: Value, { order }: Case): readonly PlanDiagnostic[] {
  const value = find(document, "acyclic_validation", "is_acyclic", "acyclic");
  if (!value || value.node.kind !== "scalar") return [];
  const word = String(value.node.value);
  const says = PASSED.test(word)
    ? true
    : /^(?:false|no|failed?|invalid|cyclic|cycles?.{0,40})$/i.test(word)
      ? false
      : undefined;
  if (says === undefined || says !== order.cyclic) return [];
  return [
    says
      ? claim(
          "PLAN_CLAIM_ACYCLIC",
          value,
          "The graph is said to have no circles, but phases wait for each other in one",
          "error",
        )
      : claim("PLAN_CLAIM_ACYCLIC", value, "The graph is said to have a circle, but there is none"),
  ];
}

function checkPath(document: Value, { ids, order }: Case): readonly PlanDiagnostic[] {
  const path = find(document, "critical_path");
  const value = find(document, "critical_path_duration");
  const told: PlanDiagnostic[] = [];
  const steps = items(path).flatMap((step) => {
    const word = wordOf(step) ?? "";
    const key = ids.phases.find(word);
    if (key === undefined && ids.tasks.find(word) === undefined)
      told.push(
        claim(
          "PLAN_CLAIM_PATH",
          step,
          `The critical path has ${quoted(word)}, which is not in the plan`,
        ),
      );
    const at = key === undefined ? undefined : order.indexOf.get(key);
    return at === undefined ? [] : [{ at, step }];
  });
  const edges = new Set(order.edges.map(([from, to]) => `${from} ${to}`));
  for (const [index, { at, step }] of steps.entries()) {
    const before = steps[index - 1];
    if (before && !edges.has(`${before.at} ${at}`))
      told.push(
        claim(
          "PLAN_CLAIM_PATH",
          step,
          `On the critical path ${quoted(order.keys[at] ?? "")} follows ${quoted(order.keys[before.at] ?? "")}, but does not wait for it`,
        ),
      );
  }
  return [
    ...told,
    ...checkLength(
      { path: told.length === 0 ? path : undefined, value, steps: steps.map(({ at }) => at) },
      order,
    ),
  ];
}

interface Lengths {
  /** The declared path, if it is one. */
  readonly path: Value | undefined;
  readonly value: Value | undefined;
  readonly steps: readonly number[];
}

/** A declared path and duration against the longest path there is. */
function checkLength(
  { path, value, steps }: Lengths,
  order: Case["order"],
): readonly PlanDiagnostic[] {
  if (!order.ends || !order.timed) return [];
  const told: PlanDiagnostic[] = [];
  const stated = minutesOf(value);
  const longest = Array.from(order.ends).reduce((most, each) => Math.max(most, each), 0);
  const length = steps.reduce((sum, at) => sum + (order.minutes[at] ?? 0), 0);
  if (path && steps.length > 0 && length < longest && !sameTime(length, longest))
    told.push(
      claim(
        "PLAN_CLAIM_PATH",
        path,
        `The critical path takes ${showTime(length)}, but another takes ${showTime(longest)}: ${longestPath(order).join(", ")}`,
      ),
    );
  if (value && stated !== undefined && !sameTime(stated, longest))
    told.push(
      claim(
        "PLAN_CLAIM_DURATION",
        value,
        `The critical path is said to take ${showTime(stated)}, but the longest one takes ${showTime(longest)}`,
      ),
    );
  return told;
}

/** The keys of a path that ends last, from its first phase. */
function longestPath({ keys, edges, ends, minutes }: Case["order"]): readonly string[] {
  const end = (node: number): number => ends?.[node] ?? 0;
  let node = [...keys.keys()].reduce((best, each) => (end(each) > end(best) ? each : best), 0);
  const path: string[] = [];
  for (;;) {
    path.push(keys[node] ?? "");
    const start = end(node) - (minutes[node] ?? 0);
    const before = edges.find(([from, to]) => to === node && start > 0 && end(from) === start)?.[0];
    if (before === undefined || path.length > keys.length) return path.toReversed();
    node = before;
  }
}
