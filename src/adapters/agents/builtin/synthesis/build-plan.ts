import { z } from "zod";
import type { Spec } from "../../../../spec/model.ts";
import { parseSpec } from "../../../../spec/parse-spec.ts";
import { parseJson, readReview } from "../../../../stage/checks/read-analyses.ts";
import { normalId, specIds } from "../../../../stage/checks/ids.ts";
import { analysesFrom, factsOf, type Facts } from "../review/facts.ts";
import type { Directive } from "../review/finding.ts";
import { applyDirectives } from "./apply-directives.ts";
import { numberPhases } from "./build-phases.ts";
import { draftPhases, type DraftPhase } from "./draft-phases.ts";
import { addUp } from "./effort.ts";
import { inline } from "./markdown.ts";
import type { NotCovered, PlanModel } from "./plan-model.ts";
import { readRequests } from "./requests.ts";
import { withVerification } from "./verification.ts";

const directive = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("add-task"), requirement: z.string() }),
  z.object({ kind: z.literal("mitigate"), risk: z.string() }),
  z.object({ kind: z.literal("assign"), requirement: z.string(), component: z.string() }),
  z.object({ kind: z.literal("own"), entity: z.string(), component: z.string() }),
  z.object({ kind: z.literal("advance"), task: z.string(), to: z.string(), reason: z.string() }),
]);

/** Put spec, analyses, review and requests together to one model that both documents are written from. */
export function buildPlan(inputs: Readonly<Record<string, string>>): PlanModel {
  const spec = parseSpec("spec.md", inputs["spec.md"] ?? "");
  const analyses = analysesFrom(inputs);
  const facts = factsOf(spec, analyses);
  const reviewed = parseJson(inputs["review.json"]) ?? null;
  const review = readReview(reviewed);
  // A review by another agent has no directives; what it leaves open is closed by the same rules.
  const directives =
    review?.["directives"] === undefined
      ? fallbackDirectives(facts)
      : directivesIn(review["directives"]);
  const requests = readRequests(inputs, specIds(spec));
  const drafted = applyDirectives(draftPhases(facts), directives, facts);
  const kept = drafted.map((phase) => withoutIds(phase, requests.excluded));
  const phases = withVerification(
    numberPhases(kept.filter(({ tasks }) => tasks.length > 0)),
    facts,
  );
  const efforts = phases.flatMap(({ effort }) => (effort ? [effort] : []));
  return {
    name: inline(spec.title) || "Untitled feature",
    spec,
    facts,
    analyses,
    review,
    directives,
    phases,
    total: efforts.length > 0 ? addUp(efforts) : undefined,
    notCovered: [
      ...[...requests.excluded].map(([id, reason]) => ({ id, reason })),
      ...looseIn(spec).filter(({ id }) => !requests.excluded.has(id)),
    ],
    requests,
  };
}

const directivesIn = (value: unknown): readonly Directive[] =>
  z
    .array(directive.catch({ kind: "add-task", requirement: "" }))
    .catch([])
    .parse(value);

const fallbackDirectives = (facts: Facts): readonly Directive[] =>
  facts.ids
    .filter((id) => facts.tasksFor(id).length === 0)
    .map((requirement) => ({ kind: "add-task", requirement }));

/** Ids of which the spec does not say what they demand, or that it takes out itself. */
const looseIn = ({ loose }: Spec): readonly NotCovered[] =>
  loose.map(({ id, line, section, outOfScope }) => ({
    id: normalId(id),
    reason: outOfScope
      ? `the specification puts it under “${section}” (line ${line})`
      : `it begins line ${line} under “${section}”, which does not say what it demands, and nothing else defines it`,
  }));

/** A phase without work that only served excluded ids. */
function withoutIds(phase: DraftPhase, excluded: ReadonlyMap<string, string>): DraftPhase {
  return {
    ...phase,
    tasks: phase.tasks
      .filter(({ ids }) => ids.length === 0 || !ids.every((id) => excluded.has(id)))
      .map((task) => ({ ...task, ids: task.ids.filter((id) => !excluded.has(id)) })),
  };
}
