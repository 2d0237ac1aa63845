/** A stage played by the built-in agents with the directions that depth and rules gave its roles, answers judged as a run judges them. */
import { meetDemands } from "../../../src/adapters/agents/builtin/additions/meet-demands.ts";
import { readDirections } from "../../../src/adapters/agents/builtin/additions/read-directions.ts";
import { LEADS } from "../../../src/adapters/agents/builtin/leads.ts";
import { SPECIALISTS } from "../../../src/adapters/agents/builtin/specialists.ts";
import type { Json } from "../../../src/core/json.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { checkAnswer } from "../../../src/stage/answer.ts";
import { runChecks } from "../../../src/stage/checks/run-checks.ts";
import { synthesis } from "../../../src/stage/contracts/leading.ts";
import { DIRECTIONS_DOCUMENT } from "../../../src/stage/directions.ts";
import type { RoleSpec, StageSpec } from "../../../src/stage/stage-spec.ts";

export type Texts = Readonly<Record<string, string>>;

const directed = (role: RoleSpec, inputs: Texts): Texts =>
  role.directions ? { ...inputs, [DIRECTIONS_DOCUMENT]: JSON.stringify(role.directions) } : inputs;

/** What a role answers, judged by contract and demands. Throws what is wrong with it. */
export function answerOf(
  stage: StageSpec,
  role: RoleSpec,
  task: "analysis" | "review" | "synthesis" | "qa",
  inputs: Texts,
): Json {
  const part = task === "analysis" ? SPECIALISTS.get(role.contract) : LEADS.get(stage.name)?.[task];
  const given = directed(role, inputs);
  const answer = part?.(given, () => undefined) ?? null;
  const met = meetDemands(role.contract, answer, readDirections(given));
  const judged = checkAnswer(role.contract, met, role.directions?.demands);
  if (!judged.ok) throw new Error(`${stage.name}/${role.name}: ${judged.error.join("; ")}`);
  return judged.value;
}

/** The stage from its specialists to QA. */
export function play(stage: StageSpec, documents: Texts, more: Texts = {}) {
  const { "spec.md": spec = "", ...others } = documents;
  const analyses: Readonly<Record<string, Json>> = Object.fromEntries(
    stage.roles.map((role) => [role.name, answerOf(stage, role, "analysis", documents)]),
  );
  const inputs = {
    ...documents,
    ...Object.fromEntries(
      Object.entries(analyses).map(([role, value]) => [
        `analyses/${role}.json`,
        JSON.stringify(value),
      ]),
    ),
    ...more,
  };
  const review = answerOf(stage, stage.reviewer, "review", inputs);
  const reviewed = { ...inputs, "review.json": JSON.stringify(review) };
  const { artifacts } = synthesis.parse(answerOf(stage, stage.synthesizer, "synthesis", reviewed));
  const checks = runChecks({
    spec: parseSpec("spec.md", spec),
    artifacts,
    stage,
    documents: others,
    analyses,
    review,
  });
  const shown = Object.entries(artifacts).map(([name, text]) => [`artifacts/${name}`, text]);
  const qa = answerOf(stage, stage.qa, "qa", {
    ...reviewed,
    ...Object.fromEntries(shown),
    "checks.json": JSON.stringify(checks),
  });
  return { analyses, review, artifacts, checks, qa };
}
