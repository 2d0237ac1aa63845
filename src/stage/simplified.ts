import type { Json } from "../core/json.ts";
import type { AttemptFailure } from "./retry.ts";
import type { RoleSpec, StageSpec } from "./stage-spec.ts";

/**
 * What a role leaves behind when neither it nor its fallback gave an answer (ST-05; S0 §4.2 `SimplifiedAnalysis`,
 * S2 `MinimalPlan`): what is known without it, what is missing, and why. Marked as partial; it does not count for
 * the quorum.
 *
 * @param known facts about the subject that hold whatever an agent says, one sentence each
 */
export function simplifiedResult(
  kind: StageSpec["simplified"],
  role: RoleSpec,
  known: readonly string[],
  failures: readonly AttemptFailure[],
): Json {
  const part = kind === "analysis" ? "analysis" : "part of the plan";
  return {
    simplified: true,
    kind,
    role: role.name,
    known,
    missing: [`The ${role.title}'s ${part} (${role.contract})`],
    reason: failures.at(-1)?.message ?? "not attempted",
  };
}
