import { toJson } from "../core/json.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import type { CheckResult } from "../stage/checks/check-result.ts";
import { runChecks } from "../stage/checks/run-checks.ts";
import type { ReviewSummary } from "../stage/contracts/leading.ts";
import type { Analyses } from "./fill-roles.ts";
import type { StageRun } from "./stage-run.ts";

/** Artifacts by name. */
export type ArtifactTexts = { readonly [name: string]: string };

/**
 * The deterministic checks, run in code whoever wrote the artifacts. Journaled although they are pure: a run that
 * waits for days may be carried on by a newer version, whose checks must not change what was already decided on.
 */
export function checkDraft(
  run: StageRun,
  key: string,
  request: {
    readonly analyses: Analyses;
    readonly review: ReviewSummary;
    readonly artifacts: ArtifactTexts;
  },
): Promise<readonly CheckResult[]> {
  const { subject, stage } = run.input;
  return run.steps.attempt({ name: `${run.input.scope}/checks/${key}` }, async () =>
    runChecks({
      spec: parseSpec(subject.path, subject.content),
      artifacts: request.artifacts,
      stage,
      documents: run.input.extras,
      analyses: Object.fromEntries(
        [...request.analyses].map(([role, result]) => [role, result.value]),
      ),
      review: toJson({ review_summary: request.review }),
    }),
  );
}
