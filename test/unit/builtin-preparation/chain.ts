/** Planning and preparation of a specification by the built-in agents, from function to function. */
import { LEADS, type Leads } from "../../../src/adapters/agents/builtin/leads.ts";
import { SPECIALISTS } from "../../../src/adapters/agents/builtin/specialists.ts";
import type { Json } from "../../../src/core/json.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { PREPARATION } from "../../../src/stage/built-in/preparation.ts";
import type { CheckResult } from "../../../src/stage/checks/check-result.ts";
import { runChecks } from "../../../src/stage/checks/run-checks.ts";
import { CONTRACTS } from "../../../src/stage/contracts.ts";
import { qaReport, reviewSummary, synthesis } from "../../../src/stage/contracts/leading.ts";
import type { QaReport, ReviewSummary } from "../../../src/stage/contracts/leading.ts";
import type { StageSpec } from "../../../src/stage/stage-spec.ts";

type Texts = Readonly<Record<string, string>>;

export interface Played {
  readonly analyses: Readonly<Record<string, Json>>;
  readonly review: ReviewSummary;
  readonly artifacts: Texts;
  readonly checks: readonly CheckResult[];
  readonly qa: QaReport;
}

const quiet = () => undefined;

const leadsOf = (stage: StageSpec): Leads => {
  const leads = LEADS.get(stage.name);
  if (!leads) throw new Error(`no leads for ${stage.name}`);
  return leads;
};

/** What the specialists of a stage answer, each checked against its contract. */
export const analysesOf = (stage: StageSpec, documents: Texts): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    stage.roles.map(({ name, contract }) => {
      const answer = SPECIALISTS.get(contract)?.(documents, quiet) ?? null;
      CONTRACTS[contract].parse(answer);
      return [name, answer];
    }),
  );

/** The leads' part of a stage over given analyses. */
export function lead(
  stage: StageSpec,
  documents: Texts,
  analyses: Readonly<Record<string, Json>>,
  more: Texts = {},
): Played {
  const leads = leadsOf(stage);
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
  const reviewed = leads.review(inputs, quiet);
  const written = leads.synthesis({ ...inputs, "review.json": JSON.stringify(reviewed) }, quiet);
  const { artifacts } = synthesis.parse(written);
  const { "spec.md": spec = "", ...others } = documents;
  const checks = runChecks({
    spec: parseSpec("spec.md", spec),
    artifacts,
    stage,
    documents: others,
    analyses,
    review: reviewed,
  });
  const judged = leads.qa(
    {
      ...documents,
      ...Object.fromEntries(
        Object.entries(artifacts).map(([name, text]) => [`artifacts/${name}`, text]),
      ),
      "review.json": JSON.stringify(reviewed),
      "checks.json": JSON.stringify(checks),
    },
    quiet,
  );
  return {
    analyses,
    review: reviewSummary.parse(reviewed).review_summary,
    artifacts,
    checks,
    qa: qaReport.parse(judged).qa_report,
  };
}

/** The documents that preparation works from, as planning leaves them. */
export const planned = (spec: string): Texts => ({
  "spec.md": spec,
  ...lead(PLANNING, { "spec.md": spec }, analysesOf(PLANNING, { "spec.md": spec })).artifacts,
});

export const prepare = (documents: Texts, more: Texts = {}): Played =>
  lead(PREPARATION, documents, analysesOf(PREPARATION, documents), more);

export const blocking = (checks: readonly CheckResult[]): readonly string[] =>
  checks.filter((check) => check.blocking && !check.passed).flatMap(({ findings }) => findings);
