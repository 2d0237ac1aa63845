import type { Diagnostic } from "../core/diagnostic.ts";
import { WavegateError } from "../core/error.ts";
import type { StageRequirement, StageSpec } from "../stage/stage-spec.ts";
import { approvalsOf, type Approval } from "./approvals.ts";
import type { CheckReport } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";

/** Why a stage cannot be run now: every document that is missing, not approved, or changed since (S1 §10.1, PR-02). */
export async function unmetRequirements(
  ports: Pick<AppPorts, "files" | "engine" | "artifacts">,
  stage: StageSpec,
  report: CheckReport,
): Promise<readonly Diagnostic[]> {
  if (stage.requires.length === 0) return [];
  const folder = report.file.slice(0, Math.max(0, report.file.lastIndexOf("/")));
  const approvals = await approvalsOf(ports, report.file);
  const problems = await Promise.all(
    stage.requires.map((requirement) =>
      problemWith(ports, requirement, { folder, approvals, specDigest: report.digest }),
    ),
  );
  return problems.flat();
}

async function problemWith(
  { files }: Pick<AppPorts, "files">,
  requirement: StageRequirement,
  given: {
    readonly folder: string;
    readonly approvals: readonly Approval[];
    readonly specDigest: string;
  },
): Promise<readonly Diagnostic[]> {
  const { name, or, approvedBy, hint } = requirement;
  const pathOf = (file: string) => (given.folder === "" ? file : `${given.folder}/${file}`);
  const problem = (code: string, message: string): readonly Diagnostic[] => [
    { code, severity: "error", message, place: { file: pathOf(name) }, hint },
  ];
  const found = await Promise.all([name, ...or].map((file) => files.read(pathOf(file))));
  const first = found.find((file) => file !== undefined);
  if (!first) {
    const others = or.length === 0 ? "" : `, and so is ${or.join(" and ")}`;
    return problem("INPUT_MISSING", `${name} is missing next to the specification${others}.`);
  }
  if (approvedBy === null) return [];
  const approval = given.approvals.find(
    ({ stage, target }) => stage === approvedBy && target === pathOf(name),
  );
  if (!approval)
    return problem("INPUT_NOT_APPROVED", `${name} was not approved at the gate of ${approvedBy}.`);
  if (approval.digest !== first.digest)
    return problem(
      "INPUT_CHANGED",
      `${name} changed after it was approved in run ${approval.runId}.`,
    );
  if (approval.subjectDigest !== given.specDigest)
    return problem(
      "INPUT_OUTDATED",
      `The specification changed after ${name} was made from it and approved in run ${approval.runId}: the stages from ${approvedBy} on have to run again.`,
    );
  return [];
}

/** The error that names all of them. */
export function inputsUnmet(stage: StageSpec, problems: readonly Diagnostic[]): WavegateError {
  const [first] = problems;
  return new WavegateError(
    "STAGE_INPUTS_UNMET",
    `${stage.title} cannot start: ${problems.map(({ message }) => message).join(" ")}`,
    {
      hint: first?.hint ?? "Run the stage before it.",
      diagnostics: problems,
      ...(first && { place: first.place }),
    },
  );
}
