/** The built-in agents of quality review, from inputs to report, as the stage asks them. */
import { LEADS } from "../../../src/adapters/agents/builtin/leads.ts";
import { SPECIALISTS } from "../../../src/adapters/agents/builtin/specialists.ts";
import type { Part } from "../../../src/adapters/agents/builtin/part.ts";
import { toJson, type Json } from "../../../src/core/json.ts";
import { measureRepository } from "../../../src/repository/measure-repository.ts";
import type { RepositoryFile } from "../../../src/repository/model.ts";
import { repositoryDocument } from "../../../src/repository/repository-document.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { QUALITY_REVIEW } from "../../../src/stage/built-in/quality-review.ts";
import type { CheckResult } from "../../../src/stage/checks/check-result.ts";
import { runChecks } from "../../../src/stage/checks/run-checks.ts";
import { CONTRACTS } from "../../../src/stage/contracts.ts";
import type { QaReport, ReviewSummary } from "../../../src/stage/contracts/leading.ts";
import { qaReport, reviewSummary, synthesis } from "../../../src/stage/contracts/leading.ts";
import type { Finding } from "../../../src/stage/contracts/quality.ts";
import { listingOf } from "../repository/project.ts";

type Inputs = Readonly<Record<string, string>>;
const quiet = (): void => undefined;

export const leads = () => {
  const found = LEADS.get("review");
  if (!found) throw new Error("nobody leads the review");
  return found;
};

/** The inputs of the stage for a made-up project. */
export function inputsFor(
  spec: string,
  documents: Inputs,
  files: readonly RepositoryFile[] | undefined,
): Inputs {
  const facts = measureRepository({
    listing: files && listingOf(files),
    spec: { path: "specs/001-lend/spec.md", text: spec },
    documents,
  });
  return {
    "spec.md": spec,
    ...documents,
    ...(files ? { "repository.json": repositoryDocument(facts) } : {}),
  };
}

export function specialists(inputs: Inputs): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    QUALITY_REVIEW.roles.map(({ name, contract }) => {
      const part: Part | undefined = SPECIALISTS.get(contract);
      if (!part) throw new Error(`nobody plays ${name}`);
      return [name, toJson(CONTRACTS[contract].parse(part(inputs, quiet)))];
    }),
  );
}

export interface Reviewed {
  readonly analyses: Readonly<Record<string, Json>>;
  readonly findings: readonly (Finding & { readonly role: string })[];
  readonly review: ReviewSummary;
  readonly artifacts: Readonly<Record<string, string>>;
  readonly report: string;
  readonly checks: readonly CheckResult[];
  readonly qa: QaReport;
}

/** The whole stage. Throws where an answer does not match its contract. */
export function reviewed(inputs: Inputs, given?: Readonly<Record<string, Json>>): Reviewed {
  const analyses = given ?? specialists(inputs);
  const asked = {
    ...inputs,
    ...Object.fromEntries(
      Object.entries(analyses).map(([role, value]) => [
        `analyses/${role}.json`,
        JSON.stringify(value),
      ]),
    ),
  };
  const answer = leads().review(asked, quiet);
  const review = reviewSummary.parse(answer).review_summary;
  const withReview = { ...asked, "review.json": JSON.stringify(answer) };
  const { artifacts } = synthesis.parse(leads().synthesis(withReview, quiet));
  const documents = Object.fromEntries(
    Object.entries(inputs).filter(([name]) => name.endsWith(".md") && name !== "spec.md"),
  );
  const checks = runChecks({
    spec: parseSpec("spec.md", inputs["spec.md"] ?? ""),
    artifacts,
    stage: QUALITY_REVIEW,
    documents,
    analyses,
    review: answer,
  });
  const qa = qaReport.parse(
    leads().qa(
      {
        ...withReview,
        "checks.json": JSON.stringify(checks),
        ...Object.fromEntries(
          Object.entries(artifacts).map(([name, text]) => [`artifacts/${name}`, text]),
        ),
      },
      quiet,
    ),
  ).qa_report;
  const findings = Object.entries(analyses).flatMap(([role, value]) =>
    findingsIn(value).map((finding) => ({ ...finding, role })),
  );
  return {
    analyses,
    findings,
    review,
    artifacts,
    report: artifacts["quality_report.md"] ?? "",
    checks,
    qa,
  };
}

const findingsIn = (value: Json): readonly Finding[] =>
  Object.values(value as Record<string, { findings?: Finding[] }>).flatMap(
    (answer) => answer.findings ?? [],
  );
