import { BUILT_IN_STAGES, STAGE_NAMES, type BuiltInStage } from "../built-in/stages.ts";
import { PLANNING } from "../built-in/planning.ts";
import { PROMPT_TEXTS } from "../built-in/prompt-texts.ts";
import { role } from "../built-in/role.ts";
import type { ArtifactContract, StageRequirement, StageSpec } from "../stage-spec.ts";
import type { OwnArtifact, StageOptions } from "./stage-options.ts";

export const isBuiltIn = (name: string): name is BuiltInStage =>
  STAGE_NAMES.some((one) => one === name);

/** What the options of a stage are laid over: the built-in one of that name, else a blank one with what only it says. */
export const baseStage = (name: string, options: StageOptions): StageSpec =>
  isBuiltIn(name) ? BUILT_IN_STAGES[name] : blankStage(name, options);

/** A stage of the user's without its roles. Policy is that of planning; what it reads and produces is its own alone. */
function blankStage(name: string, options: StageOptions): StageSpec {
  const { title = name, closing } = options;
  const artifacts = ownArtifacts(options).map(
    ({ name: file, required = true, sections = [] }): ArtifactContract => ({
      name: file,
      required,
      sections,
    }),
  );
  return {
    ...PLANNING,
    name,
    title,
    quorum: { minimum: 1, ratio: PLANNING.quorum.ratio, required: [] },
    roles: [],
    ...leadsOf(artifacts),
    artifacts,
    checks: options.checks ?? "report",
    reads: options.reads ?? [],
    requires: (options.requires ?? []).map(requirement),
    gate: { prompt: `${title} is ready. Approve to proceed?` },
    closing: {
      message: closing?.message ?? `${title} completed successfully`,
      nextSteps: closing?.["next-steps"] ?? [],
    },
  };
}

export const ownArtifacts = ({ artifacts = [] }: StageOptions): readonly OwnArtifact[] =>
  artifacts.filter((one) => typeof one === "object");

const leadsOf = (
  artifacts: readonly ArtifactContract[],
): Pick<StageSpec, "reviewer" | "synthesizer" | "qa"> => ({
  reviewer: role({
    name: "reviewer",
    title: "Lead Reviewer",
    contract: "review_summary",
    prompt: PROMPT_TEXTS["own-stage/reviewer"],
  }),
  synthesizer: role({
    name: "synthesizer",
    title: "Lead Synthesizer",
    contract: "synthesis",
    prompt: PROMPT_TEXTS["own-stage/synthesizer"].replace("{artifacts}", () =>
      artifacts.map(described).join("; "),
    ),
  }),
  qa: role({
    name: "qa",
    title: "Main Agent QA",
    contract: "qa_report",
    prompt: PROMPT_TEXTS["own-stage/qa"],
  }),
});

const described = ({ name, required, sections }: ArtifactContract): string =>
  [
    name,
    ...(required ? [] : [" (only if it is needed)"]),
    ...(sections.length > 0 ? [` with the sections ${sections.join(", ")}`] : []),
  ].join("");

type RequireOptions = NonNullable<StageOptions["requires"]>[number];

const requirement = ({
  name,
  "approved-by": approvedBy,
  or = [],
}: RequireOptions): StageRequirement => ({
  name,
  approvedBy: approvedBy ?? null,
  or,
  hint:
    approvedBy === undefined
      ? `Put ${[name, ...or].join(" or ")} next to the specification.`
      : `Run \`wavegate run-stage ${approvedBy}\` on the specification and approve its gate.`,
});
